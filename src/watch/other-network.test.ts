import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, MINUTE, mac, seen } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import type { Device, Observation, ScanReport } from '../core/index.ts';
import { distrustNetwork } from './other-network.ts';

const steady = (id: number): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], rhythm: { silences: [0, 60] } });
const home = Array.from({ length: 9 }, (_, i) => steady(i + 1));
const report = (...observations: readonly Observation[]): ScanReport => ({
  startedAt: AT,
  finishedAt: AT,
  outcome: 'complete',
  cause: null,
  coverage: covering(['10.0.0.0/24']),
  vantage: { iface: null, privileged: true },
  tool: { name: 'arp-scan', version: '1' },
  commands: [],
  observations,
  asked: 256,
  warnings: [],
  raw: null,
});
interface Where {
  readonly elsewhere?: { readonly former: number | null };
  readonly gateway?: string;
}
const judge = (asked: ScanReport, devices: readonly Device[] = home, { elsewhere, gateway = '10.0.0.1' }: Where = {}): string => {
  const judged = distrustNetwork(asked, {
    roll: rollWith(...devices),
    gateways: { now: [gateway], before: [{ address: '10.0.0.1', mac: mac(1) }] },
    cadence: MINUTE,
    elsewhere,
  });
  assert.ok(judged === asked || (judged.observations.length === 0 && judged.coverage.addresses.length === 0));
  return judged === asked ? 'believed' : `${judged.outcome} ${judged.cause?.code}: ${judged.cause?.text}`;
};
const strangers = (from: number, to: number): Observation[] =>
  Array.from({ length: to - from + 1 }, (_, i) => seen(`10.0.0.${from + i}`, 100 + from + i));

test('R5: another gateway and nobody we know is another network of the same numbers', () => {
  assert.equal(
    judge(report(...strangers(1, 17))),
    'failed other-network: 10.0.0.1 answers from 02:00:5e:00:00:65, which nobody knows, and 0 of 8 devices that usually answer do: ' +
      'this is another network of the same numbers; if it was renewed for good, say so with "rollcall forget 1", its former gateway',
  );
});

test('R5: a phone that travels along does not make it home', () => {
  assert.match(judge(report(...strangers(1, 17), seen('10.0.0.77', 9))), /1 of 8 devices/);
});

test('R5: a new router among devices we know, or among strangers beside a quarter of them, is a new router', () => {
  assert.equal(judge(report(...strangers(1, 1), seen('10.0.0.2', 2), seen('10.0.0.3', 3))), 'believed');
});

test('R5: the gateway that has a card we know, or whose former one answers elsewhere, is no other network', () => {
  assert.equal(judge(report(seen('10.0.0.1', 5), ...strangers(2, 9))), 'believed');
  assert.equal(judge(report(seen('10.0.0.1', 101), seen('10.0.0.200', 1))), 'believed');
  assert.equal(judge(report(...strangers(2, 9))), 'believed');
});

test('R5: this machine itself is with us everywhere, and proves nothing', () => {
  const own = { ...seen('10.0.0.2', 2), reason: 'localhost-response' };
  assert.match(judge(report(...strangers(1, 1), own), home.slice(0, 3)), /0 of 1 devices/);
  assert.equal(judge(report(...strangers(1, 1), own), home.slice(0, 2)), 'believed');
});

test('R5: where nobody usually answers, one that does is proof enough', () => {
  const sleepy = home.map((one, i) => (i === 0 ? one : { ...one, rhythm: { silences: [0, 10, 10, 20, 20] } }));
  assert.match(judge(report(...strangers(1, 9)), sleepy), /0 of 8/);
  assert.equal(judge(report(...strangers(1, 1), seen('10.0.0.3', 3), seen('10.0.0.4', 4)), sleepy), 'believed');
  const mixed = sleepy.map((one, i) => (i === 1 ? steady(2) : one));
  assert.equal(judge(report(...strangers(1, 1), seen('10.0.0.2', 2)), mixed), 'believed', 'sleepers are not counted');
});

test('R5: a look that failed, and one that saw no hardware addresses, say nothing of it', () => {
  const failed = { ...report(...strangers(1, 9)), outcome: 'failed' as const };
  assert.equal(judge(failed), 'believed');
  assert.equal(judge(report(seen('10.0.0.1'), seen('10.0.0.2'))), 'believed');
});

test('R5: a gateway at another address, from a card nobody knows, where nobody answers whom we know', () => {
  const moved = { gateway: '10.0.0.200' };
  assert.match(
    judge(report(...strangers(200, 210)), home, moved),
    /^failed other-network: 10\.0\.0\.200 answers from .* "rollcall forget 1"/,
  );
  assert.equal(judge(report(seen('10.0.0.200', 4)), home, moved), 'believed');
  assert.equal(judge(report(...strangers(200, 210), seen('10.0.0.201', 1)), home, moved), 'believed', 'the former one is still here');
});

test('R5: once we are elsewhere, silence is no proof that we are back; the gateway or a quarter of those we know is', () => {
  const elsewhere = { elsewhere: { former: 1 } };
  assert.match(judge(report(), home, elsewhere), /^failed other-network: no gateway answers, and 0 of 9 /);
  assert.equal(judge(report(), home), 'believed');
  assert.equal(judge(report(seen('10.0.0.1', 1)), home, elsewhere), 'believed');
  assert.equal(judge(report(seen('10.0.0.2', 2), seen('10.0.0.3', 3), seen('10.0.0.4', 4)), home, elsewhere), 'believed');
});

test('R5: whoever forgets the former gateway says that this is our network now', () => {
  assert.equal(judge(report(...strangers(1, 17)), home.slice(1), { elsewhere: { former: 1 } }), 'believed');
});

test('R5: a look at a corner says nothing of those it did not ask', () => {
  assert.equal(judge({ ...report(...strangers(1, 1)), coverage: covering(['10.0.0.1']) }), 'believed');
});

test('R5: one phone that travels along does not make a café home, however few live there; a new router brings few strangers', () => {
  for (const count of [2, 3, 4, 5])
    assert.match(judge(report(...strangers(1, 17), seen('10.0.0.77', 2)), home.slice(0, count)), /another network/, `${count} at home`);
  assert.equal(judge(report(...strangers(1, 1), seen('10.0.0.2', 2)), home.slice(0, 3)), 'believed');
});

test('S7: whoever claims the gateway while the one it ever was answers, or five that we know, blinds nobody', () => {
  const many = Array.from({ length: 50 }, (_, i) => steady(i + 1));
  const attacker = { ...steady(60), at: ['10.0.0.1'], firstSeen: AT, addresses: [{ address: '10.0.0.1', seenAt: AT + MINUTE }] };
  assert.equal(judge(report(seen('10.0.0.1', 166), seen('10.0.0.200', 1)), [...many, attacker]), 'believed');
  const five = [2, 3, 4, 5, 6].map((id) => seen(`10.0.0.${id}`, id));
  assert.equal(judge(report(seen('10.0.0.1', 166), ...five), many), 'believed');
  assert.match(judge(report(seen('10.0.0.1', 166), ...five.slice(1)), [...many, attacker]), /"rollcall forget 1", its former gateway$/);
});
