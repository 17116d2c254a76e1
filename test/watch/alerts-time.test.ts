import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orFault, parseQuietWindow } from '../../src/core/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse, NEWCOMERS, rule } from './alert-house.ts';
import { ManualClock } from './manual-clock.ts';
import { channel, RecordingChannels } from './recording-channels.ts';
import { declared, every, LAN, watching } from './stand.ts';

const DAY = 24 * HOUR;
const window = (text: string) => orFault(parseQuietWindow(text));

/** Numbers of the newcomers that a sink was told of, in the order in which it heard of them. */
const heard = (sinks: RecordingChannels, sink: string): number[] => {
  const lines = sinks.to(sink).flatMap(({ message }) => message.alert?.lines ?? []);
  return [...new Set(lines.filter(({ kind }) => kind === 'device.appeared').map(({ device }) => device?.id ?? 0))];
};

async function newcomersEach(house: AlertHouse, length: number, count: number): Promise<void> {
  for (let host = 2; host < 2 + count; host++) {
    house.set(...Array.from({ length: host }, (_, i) => i + 1));
    await house.made.clock.pass(length);
  }
}

test('R18, G4: a sink that is down for 24 hours gets everything in order when it is back, in few messages', async () => {
  const config = watching(declared(LAN, every(15 * MINUTE)));
  const house = await alertHouse({ channels: [channel('phone')], config });
  const { made, sinks } = house;
  let up = false;
  const tries: number[] = [];
  sinks.answers.set('phone', () => {
    tries.push(made.clock.now());
    return up ? 'taken' : {};
  });
  await newcomersEach(house, HOUR, 24);
  assert.ok(tries.length > 5 && tries.length < 24 * 60, `tried ${tries.length} times in a day: neither given up nor hammered`);
  up = true;
  sinks.received.length = 0;
  await made.clock.pass(3 * HOUR);
  assert.deepEqual(
    heard(sinks, 'phone'),
    Array.from({ length: 25 }, (_, i) => i + 1),
    'all of them, in order',
  );
  assert.deepEqual(await made.keeper.notifications({ states: ['waiting', 'dead'], limit: 9 }), []);
  await made.end();
});

test('R18: what waits for longer than its channel says is dead, can be seen, and is told by the fallback', async () => {
  const channels = [channel('phone', { ttl: 6 * HOUR, fallback: 'mail', ceiling: 0 }), channel('mail', { usual: false, ceiling: 0 })];
  const { made, sinks } = await alertHouse({ channels });
  sinks.answers.set('phone', () => ({}));
  await made.clock.pass(8 * HOUR);
  const dead = await made.keeper.notifications({ states: ['dead'], limit: 9 });
  assert.deepEqual([dead.length, dead[0]?.channel], [1, 'phone']);
  assert.deepEqual(sinks.toldTo('mail'), ['fallback: 1']);
  await made.end();
});

test('R20: Retry-After is honoured, and nothing overtakes what waits for it', async () => {
  const house = await alertHouse();
  const { made, sinks } = house;
  sinks.answers.set('phone', (_, nth) => (nth === 1 ? { reason: 'it says 429', after: 20 * MINUTE } : 'taken'));
  await newcomersEach(house, 2 * MINUTE, 3);
  assert.equal(sinks.to('phone').length, 1);
  await made.clock.pass(30 * MINUTE);
  const [first, second] = sinks.to('phone');
  assert.ok((second?.at ?? 0) - (first?.at ?? 0) >= 20 * MINUTE);
  assert.deepEqual(heard(sinks, 'phone'), [1, 2, 3, 4]);
  await made.end();
});

test('quiet hours hold back what is not critical, and end in one digest, also over the night in which the clock is put forward', async () => {
  const clock = new ManualClock(Date.UTC(2026, 2, 28, 20, 30)); // 21:30 in Berlin, the night before daylight saving begins
  const sinks = new RecordingChannels(clock);
  const alerts = { quiet: [window('22:00-07:00')], zone: 'Europe/Berlin' };
  const house = await alertHouse({ clock, sinks, alerts, channels: [channel('phone')] });
  await clock.pass(10 * MINUTE);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1']);
  await clock.pass(HOUR);
  await newcomersEach(house, HOUR, 3);
  const [waiting] = await house.made.keeper.notifications({ states: ['waiting'], limit: 1 });
  assert.match(waiting?.because ?? '', /quiet/);
  await clock.pass(Date.UTC(2026, 2, 29, 5, 0) - clock.now() + MINUTE);
  assert.equal(sinks.to('phone').length, 2);
  const [, digest] = sinks.to('phone');
  assert.ok(
    (digest?.at ?? 0) >= Date.UTC(2026, 2, 29, 5, 0) && (digest?.at ?? 0) < Date.UTC(2026, 2, 29, 5, 1),
    '07:00 is an hour earlier that day',
  );
  assert.deepEqual([digest?.message.alert?.kind, heard(sinks, 'phone')], ['digest', [1, 2, 3, 4]]);
  await house.made.end();
});

test('it is reminded of until somebody acknowledges it, and told to others when nobody does', async () => {
  const loud = rule({
    name: 'loud',
    on: ['device.left'],
    to: ['phone'],
    remind: HOUR,
    escalate: { after: 2 * HOUR + 30 * MINUTE, to: ['boss'] },
    urgency: 'high',
  });
  const channels = [channel('phone', { ceiling: 0 }), channel('boss', { usual: false, ceiling: 0 })];
  const { made, sinks, set } = await alertHouse({ rules: [loud], channels, hosts: [1, 2] });
  const { clock, keeper } = made;
  await clock.pass(HOUR);
  set(1);
  await clock.pass(HOUR);
  assert.equal(sinks.to('phone').length, 1);
  await clock.pass(4 * HOUR);
  assert.equal(sinks.to('boss')[0]?.message.alert?.kind, 'escalation');
  const kinds = sinks.to('phone').map(({ message }) => message.alert?.kind);
  assert.ok(kinds.filter((kind) => kind === 'reminder').length >= 3, kinds.join(' '));
  const open = await keeper.incidents({ open: true, limit: 9 });
  const [acknowledged] = await keeper.acknowledge('open', 'anna');
  assert.deepEqual([acknowledged?.id, acknowledged?.acknowledged?.by], [open[0]?.id, 'anna']);
  await assert.rejects(keeper.acknowledge([99], null), { code: 'not-found' });
  const before = sinks.received.length;
  await clock.pass(6 * HOUR);
  assert.equal(sinks.received.length, before, 'nobody is reminded of what somebody looks after');
  set(1, 2);
  await clock.pass(5 * MINUTE);
  assert.deepEqual(sinks.to('phone').at(-1)?.message.alert?.kind, 'resolved');
  await made.end();
});

for (const [name, jump] of Object.entries({ '+1 year': 365 * DAY, '-1 year': -365 * DAY, '+1 hour': HOUR, '-1 hour': -HOUR }))
  test(`R32: a clock set by ${name} makes no storm, and what waits is delivered all the same`, async () => {
    const loud = rule({ name: 'loud', on: ['device.left'], remind: HOUR, group: 'subject' });
    const { made, sinks, set } = await alertHouse({
      rules: [NEWCOMERS, loud],
      channels: [channel('phone')],
      hosts: [1, 2, 3, 4, 5, 6, 7, 8],
    });
    const { clock } = made;
    await clock.pass(HOUR);
    set(1);
    await clock.pass(HOUR);
    sinks.answers.set('phone', () => ({}));
    set(1, 20);
    await clock.pass(2 * MINUTE);
    clock.set(jump);
    sinks.answers.delete('phone');
    sinks.received.length = 0;
    await clock.pass(9 * MINUTE);
    const byRule = Map.groupBy(sinks.to('phone'), ({ message }) => message.alert?.rule);
    for (const [told, all] of byRule) assert.ok(all.length <= 3, `${told} told ${all.length} times in ten minutes`);
    await clock.pass(2 * HOUR);
    const [newest] = await made.store.changes({ kinds: ['device.appeared'], newestFirst: true, limit: 1 });
    assert.ok(heard(sinks, 'phone').includes(newest?.device ?? 0), 'the newcomer of before the jump is told');
    await made.end();
  });

test('R32: what waits for a receiver that is down does not die of a clock that is set a week forward', async () => {
  const each = rule({ name: 'each', on: ['device.left', 'device.appeared'], group: 'subject' });
  const { made, sinks, set } = await alertHouse({ rules: [each], channels: [channel('phone', { ttl: HOUR, ceiling: 0 })], hosts: [1, 2] });
  const { clock } = made;
  await clock.pass(HOUR);
  sinks.answers.set('phone', () => ({}));
  set(1, 20, 21);
  await clock.pass(10 * MINUTE);
  const states = async () => (await made.keeper.notifications({ limit: 99 })).map(({ state }) => state);
  assert.ok((await states()).includes('waiting'), 'something waits');
  clock.set(7 * DAY);
  await clock.pass(10 * MINUTE);
  assert.ok(!(await states()).includes('dead'), 'nothing grew old by it');
  await made.end();
});

test('R34: a suspend of 8 hours tells what was due once, and not once for each hour', async () => {
  const loud = rule({ name: 'loud', on: ['device.left'], remind: HOUR });
  const { made, sinks, set } = await alertHouse({ rules: [loud], channels: [channel('phone', { ceiling: 0 })], hosts: [1, 2] });
  const { clock } = made;
  await clock.pass(HOUR);
  set(1);
  await clock.pass(HOUR);
  const before = sinks.received.length;
  clock.suspend(8 * HOUR);
  await clock.pass(15_000);
  assert.ok(sinks.received.length - before <= 1, `${sinks.received.length - before} reminders at once`);
  await made.end();
});
