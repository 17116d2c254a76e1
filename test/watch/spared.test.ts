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

test('where it turns up anew it is seen, and not asked for its name', async () => {
  let hosts = [router, seen('10.0.0.2', 2)];
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1], { probed: false });
  const before = house.names.asked.length;
  hosts = [seen('10.0.0.77', 1), seen('10.0.0.2', 2)];
  await house.clock.pass(5 * MINUTE);
  assert.ok(house.keeper.findDevice('1').addresses.some(({ address }) => address === '10.0.0.77'));
  assert.deepEqual([...new Set(house.names.asked.slice(before))], ['10.0.0.2']);
  await house.end();
});
