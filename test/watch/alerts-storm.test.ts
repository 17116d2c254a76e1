import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { alertHouse, host, rule } from './alert-house.ts';
import { channel, type RecordingChannels } from './recording-channels.ts';
import { silent } from './stand.ts';

/** The chattiest a rule can be: each by itself. */
const CHATTY = rule({ name: 'chatty', on: ['device.appeared', 'device.left', 'device.returned', 'address.conflict'], group: 'subject' });
const channels = [channel('phone', { kind: 'pager' }), channel('letterbox')];
const wish = { rules: [CHATTY], channels, alerts: { usual: true } };

/** Most messages of one cause that came to one sink within ten minutes; messages that take the place of another do not count. */
function mostInTenMinutes(sinks: RecordingChannels): number {
  const counted = sinks.received.filter(({ message: { alert } }) => alert?.kind !== 'edit');
  const byCause = Map.groupBy(counted, ({ sink, message: { alert } }) => `${sink} ${alert?.rule}`);
  const within = (all: readonly { at: number }[]): number =>
    Math.max(...all.map(({ at }) => all.filter((other) => other.at >= at && other.at < at + 10 * MINUTE).length));
  return Math.max(0, ...[...byCause.values()].map(within));
}

const devicesTold = (sinks: RecordingChannels, sink: string, kind: string): Set<number> =>
  new Set(
    sinks
      .to(sink)
      .flatMap(({ message }) => (message.alert?.lines ?? []).filter((line) => line.kind === kind).map(({ device }) => device?.id ?? 0)),
  );

test('R42, G5: 250 devices that are lost at once are three messages to a channel in ten minutes at most', async () => {
  let hosts = Array.from({ length: 250 }, (_, i) => host(i + 1));
  const { made, sinks } = await alertHouse({ ...wish, script: () => ({ hosts, takes: 1000 }) });
  await made.clock.pass(HOUR);
  hosts = hosts.slice(0, 1);
  await made.clock.pass(5 * HOUR);
  assert.ok(
    sinks.received.some(({ message }) => message.alert?.lines.some(({ kind }) => kind === 'segment.lost')),
    'that is one thing, and told',
  );
  assert.ok(mostInTenMinutes(sinks) <= 3, `${mostInTenMinutes(sinks)} in ten minutes`);
  await made.end();
});

test('G5: 100 devices that leave one after another come in few messages, and nobody of them is missing', async () => {
  const presence = { ...silent.presence, tolerance: 'fixed', window: 2 * MINUTE } as const;
  const everybody = Array.from({ length: 200 }, (_, i) => host(i + 1));
  let hosts = everybody;
  const { made, sinks } = await alertHouse({ ...wish, config: { presence }, script: () => ({ hosts, takes: 1000 }) });
  await made.clock.pass(HOUR);
  for (let gone = 1; gone <= 100; gone++) {
    hosts = everybody.slice(gone);
    await made.clock.pass(MINUTE);
  }
  await made.clock.pass(HOUR);
  assert.ok(mostInTenMinutes(sinks) <= 3, `${mostInTenMinutes(sinks)} in ten minutes`);
  const left = await made.store.changes({ kinds: ['device.left'], limit: 1000 });
  assert.ok(left.length >= 100);
  for (const sink of ['phone', 'letterbox'])
    assert.deepEqual(devicesTold(sinks, sink, 'device.left'), new Set(left.map(({ device }) => device ?? 0)), sink);
  await made.end();
});

test('G5: a laptop that comes and goes each few minutes for hours is three messages in ten minutes at most', async () => {
  const presence = { ...silent.presence, tolerance: 'fixed', window: 2 * MINUTE } as const;
  const { made, sinks, set } = await alertHouse({ ...wish, config: { presence }, hosts: [1, 2] });
  await made.clock.pass(HOUR);
  for (let turn = 0; turn < 60; turn++) {
    set(1, ...(turn % 2 === 0 ? [] : [2]));
    await made.clock.pass(4 * MINUTE);
  }
  assert.ok(mostInTenMinutes(sinks) <= 3, `${mostInTenMinutes(sinks)} in ten minutes`);
  await made.end();
});

test('R1, G5: something that answers for every address is three messages in ten minutes at most', async () => {
  let hosts = [host(1), host(2)];
  const { made, sinks } = await alertHouse({ ...wish, script: () => ({ hosts, takes: 1000 }) });
  await made.clock.pass(HOUR);
  hosts = [host(1), host(2), ...Array.from({ length: 200 }, (_, i) => seen(`10.0.0.${i + 40}`, 9))];
  await made.clock.pass(HOUR);
  hosts = [host(1), host(2), ...Array.from({ length: 200 }, (_, i) => seen(`10.0.0.${i + 40}`, 1000 + i))];
  await made.clock.pass(HOUR);
  assert.ok(mostInTenMinutes(sinks) <= 3, `${mostInTenMinutes(sinks)} in ten minutes`);
  assert.ok(sinks.received.length > 2, 'and something is told');
  await made.end();
});

/** Most messages that came to one sink within ten minutes, whatever they were about. */
function mostOfAll(sinks: RecordingChannels): number {
  const counted = sinks.received.filter(({ message: { alert } }) => alert?.kind !== 'edit');
  return Math.max(
    0,
    ...counted.map(({ sink, at }) => counted.filter((one) => one.sink === sink && one.at >= at && one.at < at + 10 * MINUTE).length),
  );
}

test('G5: out of the box an outage, a proxy ARP storm and a flapping laptop are three messages to a channel, all rules together', async () => {
  const presence = { ...silent.presence, tolerance: 'fixed', window: 2 * MINUTE } as const;
  const many = Array.from({ length: 250 }, (_, i) => host(i + 1));
  const everywhere = Array.from({ length: 253 }, (_, i) => seen(`10.0.0.${i + 1}`, 9));
  const strangers = Array.from({ length: 200 }, (_, i) => seen(`10.0.0.${i + 40}`, 1000 + i));
  const few = many.slice(0, 12);
  const storms: Record<string, (turn: number) => ReturnType<typeof host>[]> = {
    'an outage': () => many.slice(0, 1),
    'proxy ARP': () => everywhere,
    strangers: () => [...few, ...strangers],
    'a laptop': (turn) => few.slice(0, turn % 2 === 0 ? 11 : 12),
  };
  for (const [name, storm] of Object.entries(storms)) {
    let hosts = name === 'strangers' || name === 'a laptop' ? few : many;
    const usual = { rules: [], channels, alerts: { usual: true }, config: { presence } };
    const { made, sinks } = await alertHouse({ ...usual, script: () => ({ hosts, takes: 1000 }) });
    await made.clock.pass(HOUR);
    await made.keeper.editDevices([2, 12], { importance: 'high' });
    sinks.received.length = 0;
    for (let turn = 0; turn < 16; turn++) {
      hosts = storm(turn);
      await made.clock.pass(4 * MINUTE);
    }
    assert.ok(
      sinks.received.length > 0 && mostOfAll(sinks) <= 3,
      `${name}: ${mostOfAll(sinks)} in ten minutes, ${sinks.received.length} in all`,
    );
    await made.end();
  }
});
