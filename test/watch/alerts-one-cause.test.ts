import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, port, seen } from '../make/device.ts';
import { alertHouse, approving, host, rule } from './alert-house.ts';
import { channel, type RecordingChannels } from './recording-channels.ts';
import { declared, every, LAN, silent, watching } from './stand.ts';

const channels = [channel('phone', { kind: 'pager' }), channel('letterbox')];
const presence = { ...silent.presence, tolerance: 'fixed', window: 2 * MINUTE } as const;

/** Most messages that came to one sink within ten minutes, whatever rules told them; edits do not count. */
function mostOfAll({ received }: RecordingChannels): number {
  const counted = received.filter(({ message: { alert } }) => alert?.kind !== 'edit');
  const near = (one: { sink: string; at: number }): number =>
    counted.filter(({ sink, at }) => sink === one.sink && at >= one.at && at < one.at + 10 * MINUTE).length;
  return Math.max(0, ...counted.map(near));
}

const storyOf = ({ received }: RecordingChannels): string =>
  received
    .filter(({ sink }) => sink === 'letterbox')
    .map(({ at, message }) => `${Math.round((at / MINUTE) % 1e5)} ${message.alert?.kind} ${message.alert?.rule} ${message.subject}`)
    .join('\n');

const kindsTold = ({ received }: RecordingChannels): Set<string> =>
  new Set(received.flatMap(({ message }) => message.alert?.lines.map(({ kind }) => kind) ?? []));

const BLIND = { outcome: 'failed', cause: { code: 'interface-down', text: 'the cable is out' } } as const;

interface Storm {
  /** Who answers in a turn of four minutes. */
  readonly hosts: (turn: number) => readonly Observation[];
  readonly before: readonly Observation[];
  readonly rules?: readonly ReturnType<typeof rule>[];
  readonly plan?: 'sweep' | 'ports';
  /** Whether looks fail in a turn. */
  readonly blind?: (turn: number) => boolean;
}

async function weathered({ hosts, before, rules = [], plan = 'sweep', blind = () => false }: Storm): Promise<RecordingChannels> {
  let here = before;
  let isBlind = false;
  const config = { ...watching(declared(LAN, every(MINUTE, plan))), presence };
  const { made, sinks } = await alertHouse({
    rules,
    channels,
    alerts: { usual: true },
    config,
    script: () => (isBlind ? { hosts: [], takes: 1000, ...BLIND } : { hosts: here, takes: 1000 }),
  });
  await made.clock.pass(HOUR);
  await made.keeper.editDevices([2, 12], { importance: 'high' });
  await made.keeper.editDevices([3, 4, 5, 6, 7], { tags: { add: ['camera'] } });
  await made.keeper.approve(approving({ kind: 'target', target: null }));
  await made.clock.pass(HOUR);
  sinks.received.length = 0;
  for (let turn = 0; turn < 16; turn++) {
    here = hosts(turn);
    isBlind = blind(turn);
    await made.clock.pass(4 * MINUTE);
  }
  await made.end();
  return sinks;
}

/** Rules that people add beside the usual ones. */
const EACH = rule({ name: 'each', on: ['device.left', 'device.returned', 'device.flapping', 'device.stable'], group: 'subject' });
const CAMERAS = rule({ name: 'cameras', on: ['device.left'], where: 'tag:camera' });

const many = Array.from({ length: 60 }, (_, i) => host(i + 1));

const everywhere = Array.from({ length: 253 }, (_, i) => seen(`10.0.0.${i + 1}`, 9));

function assertFew(sinks: RecordingChannels, ...kinds: readonly string[]): void {
  assert.ok(mostOfAll(sinks) <= 3, `${mostOfAll(sinks)} in ten minutes:\n${storyOf(sinks)}`);
  const told = kindsTold(sinks);
  for (const kind of kinds) assert.ok(told.has(kind), `${kind} is told:\n${storyOf(sinks)}`);
}

test('R1, G5: a proxy ARP that comes and goes each four minutes is three messages in ten minutes, whatever rules tell of it', async () => {
  for (const before of [many, many.slice(0, 12)]) {
    const sinks = await weathered({ before, hosts: (turn) => (turn % 2 === 0 ? everywhere : before) });
    assertFew(sinks, 'address.conflict');
  }
});

test('R1, G5: a proxy ARP that begins with some hosts and takes the gateway later: the gateway is told at once', async () => {
  const before = [...many.slice(0, 40), seen('10.0.0.254', 254)];
  const some = [...before, ...everywhere.slice(20, 80)];
  const all = [...everywhere, seen('10.0.0.254', 9)];
  const sinks = await weathered({ before, rules: [EACH], hosts: (turn) => (turn < 1 ? some : turn % 2 ? all : before) });
  assertFew(sinks, 'address.conflict', 'gateway.changed');
  const critical = sinks.received.filter(({ message: { alert } }) => alert?.urgency === 'critical' && alert.kind === 'opened');
  assert.deepEqual(new Set(critical.map(({ at, message: { alert } }) => at - (alert?.lines[0]?.at ?? 0))), new Set([0]));
});

test('R42, G5: 250 hosts that are lost at once, and the vantage going blind beside, are three messages in ten minutes, with rules for all of it', async () => {
  const crowd = Array.from({ length: 250 }, (_, i) => host(i + 1));
  const hosts = (turn: number): readonly Observation[] => crowd.slice(0, turn % 4 < 2 ? 1 : 250);
  const blind = (turn: number): boolean => turn % 4 === 1;
  const sinks = await weathered({ before: crowd, hosts, blind, rules: [EACH, CAMERAS] });
  assertFew(sinks, 'segment.lost', 'vantage.blind');
});

test('G5: a third of all that leave over some minutes, told by rules for each kind of them, are three messages in ten minutes', async () => {
  const crowd = many.slice(0, 50);
  const sinks = await weathered({ before: crowd, hosts: (turn) => crowd.slice(0, Math.max(36, 50 - 4 * turn)), rules: [EACH, CAMERAS] });
  assertFew(sinks, 'device.left');
});

test('R38, G5: an important laptop that comes and goes with ports that nobody approved is three messages in ten minutes, whatever rules tell of it', async () => {
  const others = many.slice(0, 11);
  const laptop = (turn: number): Observation => seen('10.0.0.12', 12, { ports: [port(22 + turn)] });
  const hosts = (turn: number): readonly Observation[] => (turn % 2 === 0 ? others : [...others, laptop(turn)]);
  const sinks = await weathered({ before: [...others, laptop(0)], hosts, plan: 'ports', rules: [EACH] });
  assertFew(sinks, 'device.left', 'device.returned', 'port.opened');
});
