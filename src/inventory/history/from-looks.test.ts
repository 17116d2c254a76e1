import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, HOUR, mac, seen } from '../../../test/make/device.ts';
import type { Coverage, Observation, ScanReport } from '../../core/index.ts';
import { pastOfLooks } from './from-looks.ts';
import type { PastDevice } from './past-device.ts';

const DAY = 24 * HOUR;
const LAN = covering(['10.0.0.0/24']);
const port = (number: number, state: 'open' | 'closed') => ({ protocol: 'tcp' as const, port: number, state, service: null });

function look(day: number, observations: readonly Observation[], fields: Partial<ScanReport> = {}): ScanReport {
  const at = AT + day * DAY;
  const nothing = {
    cause: null,
    vantage: { iface: null, privileged: true },
    tool: { name: 'nmap', version: '' },
    commands: [],
    asked: 256,
    warnings: [],
    raw: null,
  };
  return { startedAt: at - 60_000, finishedAt: at, outcome: 'complete', coverage: LAN, observations, ...nothing, ...fields };
}

function pasts(...looks: ScanReport[]): readonly PastDevice[] {
  const folding = pastOfLooks(looks, 'home');
  for (;;) {
    const { done, value } = folding.next();
    if (done) return value;
  }
}

const inDays = (at: number): number => Math.round(((at - AT) / DAY) * 100) / 100;
const presence = (past: PastDevice | undefined): string[] =>
  (past?.presence ?? []).map(({ value, from, to }) => `${value} ${inDays(from)}..${inDays(to)}`);

test('from the first look to the last one that saw it a device was there, and a little longer', () => {
  const [device] = pasts(look(0, [seen('10.0.0.1', 1)]), look(1, [seen('10.0.0.1', 1)]), look(2, [seen('10.0.0.1', 1)]));
  assert.deepEqual(presence(device), ['present 0..2.03']);
  assert.deepEqual([device?.firstSeen, device?.lastSeen], [AT, AT + 2 * DAY]);
});

test('a look that covered it and missed it calls it away, until it is seen again', () => {
  const [device] = pasts(look(0, [seen('10.0.0.1', 1)]), look(1, []), look(2, [seen('10.0.0.1', 1)]));
  assert.deepEqual(presence(device), ['present 0..1', 'away 1..2', 'present 2..2.03']);
});

test('a look elsewhere calls nobody away, and neither does one that covered nothing', () => {
  const elsewhere: readonly Coverage[] = [covering(['10.9.0.0/24']), covering([])];
  for (const coverage of elsewhere) {
    const [device] = pasts(look(0, [seen('10.0.0.1', 1)]), look(1, [], { coverage }), look(2, [seen('10.0.0.1', 1)]));
    assert.deepEqual(presence(device), ['present 0..2.03']);
  }
});

test('a long time without any look is time of which nobody knows', () => {
  const nights = [0, 1, 2, 3].map((day) => look(day, [seen('10.0.0.1', 1)]));
  const [device] = pasts(...nights, look(60, [seen('10.0.0.1', 1)]));
  assert.deepEqual(presence(device), ['present 0..5', 'present 60..60.03']);
});

test('ports and addresses have their own times, and what was never asked is not told', () => {
  const asked: Coverage = { ...LAN, ports: { tcp: [[22, 22]] }, depth: 'ports' };
  const [device] = pasts(
    look(0, [seen('10.0.0.1', 1, { ports: [port(22, 'open')] })], { coverage: asked }),
    look(1, [seen('10.0.0.9', 1, { ports: [port(22, 'closed')] })], { coverage: asked }),
  );
  const told = device?.facts
    .filter(({ fact: { kind } }) => kind === 'port' || kind === 'address')
    .map(({ fact, from, to }) => `${fact.key} ${inDays(from)}..${to === null ? '' : inDays(to)}`);
  assert.deepEqual(told?.sort(), ['10.0.0.1 0..1', '10.0.0.9 1..', 'tcp/22 0..1']);
  assert.ok(device?.facts.every(({ fact: { kind } }) => kind !== 'presence' && kind !== 'rhythm'));
});

test('each device has its own past, and one without a hardware address has one too', () => {
  const all = pasts(look(0, [seen('10.0.0.1', 1), seen('10.0.0.2', 2), seen('10.1.0.3')]), look(1, [seen('10.0.0.1', 1)]));
  assert.deepEqual(
    all.map(({ macs }) => macs[0]?.mac ?? null),
    [mac(1), mac(2), null],
  );
  assert.deepEqual(all.map(presence), [['present 0..1.03'], ['present 0..1', 'away 1..1'].slice(0, 1), ['present 0..0.03']]);
  assert.deepEqual(pasts(), []);
});
