import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, seen } from '../../test/make/device.ts';
import { declared, every, LAN, presence, stand, watching } from '../../test/watch/stand.ts';

const unwatched = { self: { watch: false } };
const sweep = { targets: [LAN], plan: 'sweep' } as const;

test('the roll is one object while nothing changes, and another after each commit', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [seen('10.0.0.1', 1)] }) });
  assert.deepEqual([house.keeper.roll().devices, house.keeper.roll().at, house.keeper.roll().seq], [[], null, 0]);
  await house.clock.pass(3000);
  const first = house.keeper.roll();
  await house.clock.pass(4000);
  assert.equal(house.keeper.roll(), first);
  await house.clock.pass(MINUTE);
  const second = house.keeper.roll();
  assert.notEqual(second, first);
  assert.ok((second.at ?? 0) > (first.at ?? 0));
  assert.equal(first.devices[0]?.lastSeen, first.at);
  await house.end();
});

test('who was not looked for in a long time is unknown, and the roll that says so is one object again', async () => {
  const house = await stand({ config: unwatched, script: () => ({ hosts: [seen('10.0.0.1', 1), seen('10.0.0.2', 2)] }) });
  await house.keeper.startScan(sweep);
  await house.clock.pass(2000);
  const present = house.keeper.roll();
  await house.keeper.editDevices([2], { window: 3 * HOUR });
  await house.clock.pass(45 * MINUTE);
  assert.deepEqual(presence(house), ['1 present', '2 present']);
  await house.clock.pass(5000);
  assert.deepEqual(presence(house), ['1 unknown', '2 present']);
  const unknown = house.keeper.roll();
  await house.clock.pass(HOUR);
  assert.equal(house.keeper.roll(), unknown);
  assert.deepEqual(
    present.devices.map(({ presence: was }) => was),
    ['present', 'present'],
  );
  assert.equal(house.keeper.findDevice('1').presence, 'unknown');
  assert.equal((await house.keeper.editDevices([1], { alias: 'tablet' }))[0]?.presence, 'unknown');
  await house.end();
});

test('what the user calls a device is in the roll at once', async () => {
  const house = await stand({ config: unwatched, script: () => ({ hosts: [seen('10.0.0.1', 1)] }) });
  await house.keeper.startScan(sweep);
  await house.clock.pass(2000);
  house.keeper.roll();
  await house.keeper.editDevices([1], { alias: 'tablet' });
  assert.equal(house.keeper.roll().devices[0]?.labels.alias, 'tablet');
  assert.equal(house.keeper.findDevice('tablet').id, 1);
  await assert.rejects(house.keeper.editDevices([7], { alias: 'nobody' }), /there is none/);
  await house.end();
});

test('the roll of a moment ago says what was believed then', async () => {
  let hosts = [seen('10.0.0.1', 1)];
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await house.clock.pass(10 * MINUTE);
  const then = house.clock.now();
  hosts = [...hosts, seen('10.0.0.2', 2)];
  await house.clock.pass(10 * MINUTE);
  const { devices, seq, at } = await house.keeper.rollAt(then);
  assert.deepEqual([devices.map(({ id }) => id), seq, at], [[1], 1, then]);
  assert.deepEqual([house.keeper.roll().devices.length, house.keeper.roll().seq], [2, 3], 'the newcomer was described, too');
  await house.end();
});
