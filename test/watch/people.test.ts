import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import { declared, every, LAN, stand, told, watching } from './stand.ts';

const router = seen('10.0.0.1', 1);
const phone = seen('10.0.0.7', 7);

test('a person is home as soon as their phone speaks, and gone when its tolerance has passed; so is the last of a group', async () => {
  let hosts = [router, phone];
  const listener = new ScriptedListener();
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), listener, script: () => ({ hosts }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([2], { owner: 'anna', type: 'phone', groups: { add: ['family'] } });
  hosts = [router];
  await house.clock.pass(3 * HOUR);
  const about = async () => (await told(house)).filter((one) => /person|group|left|returned/.test(one));
  assert.deepEqual((await about()).toSorted(), ['device.left 2', 'group.last-left', 'person.left']);
  listener.hear(heard('10.0.0.7', 7, { at: house.clock.now() }));
  await house.clock.pass(200);
  assert.deepEqual((await about()).slice(3).toSorted(), ['device.returned 2', 'group.first-arrived', 'person.arrived']);
  const [arrived] = await house.store.changes({ kinds: ['person.arrived'], limit: 1 });
  assert.deepEqual(arrived?.after?.['name'], 'anna');
  await house.end();
});

test('giving somebody a device, or putting one into a group, is no arrival', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [router, phone] }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1, 2], { owner: 'anna', groups: { add: ['family'] } });
  await house.clock.pass(HOUR);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2', 'device.edited 1', 'device.edited 2']);
  await house.end();
});

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
