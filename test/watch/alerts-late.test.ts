import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse, approving, mortal, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';
import { LAN } from './stand.ts';

const ASKING = [
  rule({ name: 'nobody-home', on: ['device.appeared'], away: ['anna'], to: ['home'], resolved: false }),
  rule({ name: 'things', on: ['device.appeared'], where: 'tag:thing', to: ['things'], resolved: false }),
  rule({ name: 'strangers', on: ['device.appeared'], where: '-approved:yes', to: ['strangers'], resolved: false }),
  rule({ name: 'drifting', on: ['device.appeared'], drift: true, to: ['drifting'], resolved: false }),
];
const channels = ASKING.flatMap(({ to }) => to).map((name) => channel(name, { ceiling: 0 }));
const OTHERS = [1, 11, 12, 13, 14, 15];

/** A look by hand, and a second in which nothing else happens. */
async function scan({ made }: AlertHouse): Promise<void> {
  const { done } = await made.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await made.clock.pass(MINUTE);
  await done;
}

/** Devices by id of which a sink heard that they appeared. */
const heardOf = ({ sinks }: AlertHouse, sink: string): (number | undefined)[] =>
  [...new Set(sinks.to(sink).flatMap(({ message }) => (message.alert?.lines ?? []).map(({ device }) => device?.id)))].sort();

test('what single commands committed long before is judged by who was home, what was labelled and what was approved by then', async () => {
  const { store } = await mortal(null);
  const idle = await alertHouse({ store, rules: ASKING, channels, hosts: [...OTHERS, 2, 3], idle: true });
  const { clock, keeper } = idle.made;
  await scan(idle);
  await keeper.editDevices([2], { owner: 'Anna', type: 'phone' });
  await keeper.approve(approving({ kind: 'target', target: null }));
  const named = (await store.changes({ kinds: ['device.appeared'], limit: 99 })).length;
  idle.set(...OTHERS, 2, 3, 4);
  await scan(idle); // the newcomer is a stranger, and anna is home
  await keeper.editDevices([9], { alias: 'kettle', tags: { add: ['thing'] } });
  await keeper.approve(approving({ kind: 'found', devices: [9] }));
  await keeper.editDevices([2], { owner: 'Bert' });
  await idle.made.end();
  assert.equal(named, 8);
  await clock.pass(9 * HOUR);
  const started = await alertHouse({ store, clock, rules: ASKING, channels, hosts: [...OTHERS, 3, 4] });
  await clock.pass(50 * 1000);
  const [first8, ninth] = [[1, 2, 3, 4, 5, 6, 7, 8], 9];
  assert.deepEqual(heardOf(started, 'home'), first8, 'nobody was anna at first, and then she was home');
  assert.deepEqual(heardOf(started, 'things'), [], 'the tag came later');
  assert.deepEqual(heardOf(started, 'strangers'), [...first8, ninth], 'each was approved later');
  assert.deepEqual(heardOf(started, 'drifting'), [ninth], 'there was a baseline by then, and it was not in it');
  const lines = started.sinks.to('drifting').flatMap(({ message }) => message.alert?.lines ?? []);
  assert.ok(lines.every(({ text, device }) => !text.includes('kettle') && device?.presence === 'present'));
  await started.made.end();
});

/** A store that keeps no verdicts while it is full, and counts how often it is asked for the past. */
async function fullStore(): Promise<{ store: Store; set: (full: boolean) => void; asked: () => number }> {
  const memory = await openStore({ kind: 'memory' });
  let [full, asked] = [false, 0];
  const store: Store = {
    ...memory,
    devicesAt: async (...words) => {
      asked++;
      return memory.devicesAt(...words);
    },
    writeAlerts: async (...words) => {
      if (full) throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
      return memory.writeAlerts(...words);
    },
  };
  return { store, set: (is) => void (full = is), asked: () => asked };
}

for (const crash of [false, true])
  test(`changes that waited until they could be judged ${crash ? 'by the next process ' : ''}are judged by what was believed at their commits`, async () => {
    const { store, set, asked } = await fullStore();
    let house = await alertHouse({ store, rules: ASKING, channels, hosts: [1, 2] });
    await house.made.clock.pass(MINUTE);
    const { sinks } = house;
    const { clock } = house.made;
    sinks.received.length = 0;
    set(true);
    house.set(1, 2, 3);
    await clock.pass(MINUTE);
    await house.made.keeper.editDevices([3], { tags: { add: ['thing'] } });
    await house.made.keeper.editDevices([2], { owner: 'Anna', type: 'phone' });
    house.set(1, 2, 3, 4);
    await clock.pass(MINUTE);
    await house.made.keeper.editDevices([4], { tags: { add: ['thing'] } });
    await house.made.keeper.editDevices([2], { owner: 'Bert' });
    await clock.pass(1000);
    if (crash) {
      await house.made.end();
      house = await alertHouse({ store, clock, sinks, rules: ASKING, channels, hosts: [1, 2, 3, 4] });
    }
    set(false);
    await clock.pass(MINUTE);
    assert.deepEqual(heardOf(house, 'things'), []);
    assert.deepEqual(heardOf(house, 'home'), [3], 'by the time of the fourth anna was home');
    if (!crash) assert.equal(asked(), 0, 'what is in memory is not read');
    await house.made.end();
  });

test('the newest commit is judged by what is in memory', async () => {
  const { store, asked } = await fullStore();
  const house = await alertHouse({ store, rules: ASKING, channels, hosts: [1] });
  await house.made.clock.pass(MINUTE);
  await house.made.keeper.approve(approving({ kind: 'target', target: null }));
  for (let hosts = 2; hosts < 8; hosts++) {
    house.set(...Array.from({ length: hosts }, (_, i) => i + 1));
    await house.made.clock.pass(MINUTE);
  }
  assert.deepEqual(heardOf(house, 'drifting'), [2, 3, 4, 5, 6, 7]);
  assert.equal(asked(), 0);
  await house.made.end();
});

test('of more commits than are remembered the store is asked, one after the other', async () => {
  const { store, set, asked } = await fullStore();
  const house = await alertHouse({ store, rules: ASKING, channels, hosts: [1] });
  await house.made.clock.pass(MINUTE);
  set(true);
  for (let last = 2; last <= 40; last++) {
    house.set(...Array.from({ length: last }, (_, i) => i + 1));
    await house.made.clock.pass(MINUTE);
    await house.made.keeper.editDevices([last], { tags: { add: ['thing'] } });
  }
  set(false);
  await house.made.clock.pass(MINUTE);
  const { clock, keeper } = house.made;
  // After each step it gives way to others.
  for (let turn = 0; turn < 100 && keeper.status().judged !== keeper.status().seq; turn++) await clock.pass(0);
  assert.deepEqual(heardOf(house, 'things'), [], 'each was tagged after it had appeared');
  assert.equal(heardOf(house, 'strangers').length, 40);
  const commits = new Set((await store.changes({ limit: 999 })).map(({ scan: of }) => of)).size;
  assert.ok(asked() > 0 && asked() <= commits - 32, `${asked()} of ${commits}`);
  await house.made.end();
});
