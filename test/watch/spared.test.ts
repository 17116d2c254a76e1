import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { declared, every, LAN, stand, told, watching } from './stand.ts';

const router = seen('10.0.0.1', 1);

test('a device that is not to be probed is asked by nobody, and leaves nobody for it', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [router] }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1], { probed: false });
  const before = house.prober.looks.length;
  await house.clock.pass(5 * HOUR);
  const asked = new Set(house.prober.looks.slice(before).map(({ addresses }) => addresses));
  assert.deepEqual([...asked], ['10.0.0.0,10.0.0.2-10.0.0.255']);
  assert.deepEqual(
    (await told(house)).filter((one) => one.startsWith('device.left')),
    [],
  );
  await house.end();
});
