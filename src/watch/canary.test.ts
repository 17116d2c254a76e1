import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE, mac, seen } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import type { Device, Observation, ScanReport } from '../core/index.ts';
import { distrustCanary, type Witnesses } from './canary.ts';

const LAN = '10.0.0.0/24';
const steady = (id: number, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], rhythm: { silences: [0, 60] }, ...fields });
/** Who seldom answers two looks in a row. */
const sleeper = (id: number): Device => steady(id, { rhythm: { silences: [0, 10, 20, 20, 20] } });
const answer = (id: number, card = id): Observation => seen(`10.0.0.${id}`, card);
/** Began a minute after everybody was seen last. */
const report = (observations: readonly Observation[], fields: Partial<ScanReport> = {}): ScanReport => ({
  startedAt: AT + MINUTE,
  finishedAt: AT + MINUTE + 2000,
  outcome: 'complete',
  cause: null,
  coverage: covering([LAN]),
  vantage: { iface: null, privileged: true },
  tool: { name: 'arp-scan', version: '1' },
  commands: [],
  observations,
  asked: 256,
  warnings: [],
  raw: null,
  ...fields,
});

type Case = Partial<Omit<Witnesses, 'roll'>> & { readonly devices?: readonly Device[]; readonly range?: string };

/** What becomes of it: "believed", "blind", or the word that gives a canary up. */
function judge(asked: ScanReport, { devices = [steady(1), steady(2), steady(3)], range = LAN, ...fields }: Case = {}): string {
  const witnesses = { target: range, cadence: MINUTE, named: [], gateways: [], lookedAt: AT - 2000, blind: null, ...fields };
  const judged = distrustCanary(asked, { ...witnesses, roll: rollWith(...devices), ranges: covering([range]).addresses });
  if (judged.word !== null) return judged.word;
  if (judged.report === asked) return 'believed';
  assert.deepEqual([judged.report.outcome, judged.report.cause?.code], ['partial', 'canary-silent']);
  assert.deepEqual(judged.report.coverage.addresses, [], 'nobody is missed by it');
  assert.equal(judged.report.observations, asked.observations, 'who answered is believed');
  return 'blind';
}

const named = ['10.0.0.1'];
const gateways = ['10.0.0.1'];
const own = { ...seen('10.0.0.9'), reason: 'localhost-response' };

test('R2: a canary that is silent makes a look blind, whoever else answers', () => {
  assert.equal(judge(report([answer(2), answer(3)]), { named }), 'blind');
  assert.equal(judge(report([]), { named }), 'blind');
});

test('of several canaries one that answers proves our eyes', () => {
  assert.equal(judge(report([answer(2)]), { named: ['10.0.0.1', '10.0.0.2'] }), 'believed');
  assert.equal(judge(report([answer(3)]), { named: ['10.0.0.1', '10.0.0.2'] }), 'blind');
});

test('a canary answers by its card at another address, by another card at its address, and by being heard meanwhile', () => {
  assert.equal(judge(report([seen('10.0.0.77', 1)]), { named }), 'believed');
  assert.equal(judge(report([answer(1, 99)]), { named }), 'believed');
  const heard = steady(1, { lastSeen: AT + MINUTE + 1000 });
  assert.equal(judge(report([]), { named, devices: [heard, steady(2)] }), 'believed');
});

test('a canary that was never seen, sleeps, has left, or was silent when that was believed proves nothing', () => {
  const answers = report([answer(2)]);
  assert.equal(judge(answers, { named: ['10.0.0.200'] }), 'believed');
  assert.equal(judge(answers, { named, devices: [sleeper(1), steady(2)] }), 'believed');
  assert.equal(judge(answers, { named, devices: [steady(1, { presence: 'away' }), steady(2)] }), 'believed');
  assert.equal(judge(answers, { named, lookedAt: AT + 30_000 }), 'believed');
  assert.equal(judge(answers, { named, lookedAt: null }), 'blind', 'nobody remembers a look: it answered the last there was');
});

test('this machine is no canary of its own', () => {
  const devices = [steady(9, { macs: [] }), steady(2)];
  assert.equal(judge(report([own]), { named: ['10.0.0.9'], devices }), 'believed');
  assert.equal(judge(report([own]), { gateways: ['10.0.0.9'], devices }), 'believed');
});

test('R2: a silent gateway makes a look blind only where nobody but this machine answers', () => {
  assert.equal(judge(report([own]), { gateways }), 'blind');
  assert.equal(judge(report([own, answer(2)]), { gateways }), 'believed');
  assert.equal(judge(report([own, answer(200)]), { gateways }), 'believed', 'a stranger is somebody');
  assert.equal(judge(report([own, answer(1)]), { gateways }), 'believed');
  assert.equal(judge(report([own]), { gateways, devices: [sleeper(1), steady(2)] }), 'believed');
  assert.equal(judge(report([own, seen('fe80::2', 2)]), { gateways }), 'believed', 'somebody of the target, by its card');
  assert.equal(judge(report([own, seen('fe80::99', 99)]), { gateways }), 'blind', 'a switch on the way is not of the target');
});

test('a named canary that answers, usually or not, is somebody: the gateway may be off', () => {
  const devices = [steady(1), sleeper(2)];
  assert.equal(judge(report([answer(2)]), { gateways, named: ['10.0.0.2'], devices }), 'believed');
});

test('of a target that is only the gateway its silence is what was asked for', () => {
  assert.equal(judge(report([], { coverage: covering(['10.0.0.1']) }), { gateways, range: '10.0.0.1' }), 'believed');
});

test('a look that did not ask the canary says nothing of it, but cannot end blindness either', () => {
  const corner = report([answer(3)], { outcome: 'partial', coverage: covering(['10.0.0.128/25']) });
  assert.equal(judge(corner, { named }), 'believed');
  assert.equal(judge(corner, { named, blind: { code: 'no-carrier', since: AT } }), 'believed');
  assert.equal(judge(corner, { named, blind: { code: 'canary-silent', since: AT } }), 'blind');
});

test('a look that failed or was stopped is not judged again', () => {
  assert.equal(judge(report([], { outcome: 'failed' }), { named }), 'believed');
  assert.equal(judge(report([], { outcome: 'cancelled' }), { named }), 'believed');
});

test('a look at several targets stays a look at those that are not blind', () => {
  const both = report([answer(2)], { coverage: covering([LAN, '10.0.1.0/24']) });
  const witnesses = { target: LAN, cadence: MINUTE, named, gateways: [], lookedAt: null, blind: null };
  const judged = distrustCanary(both, { ...witnesses, roll: rollWith(steady(1), steady(2)), ranges: covering([LAN]).addresses });
  assert.deepEqual(judged.report.coverage.addresses, covering(['10.0.1.0/24']).addresses);
});

test('a canary that kept silent for three days while others answer is given up, and only then', () => {
  const later = { startedAt: AT + 73 * HOUR, finishedAt: AT + 73 * HOUR + 2000 };
  const blind = { code: 'canary-silent', since: AT + MINUTE };
  const others = report([answer(2)], later);
  assert.match(judge(others, { named, blind }), /^giving up canary 10\.0\.0\.1 of 10\.0\.0\.0\/24: silent for three days/);
  assert.equal(judge(report([own], later), { named, blind }), 'blind', 'nobody answers: it may be us');
  assert.equal(judge(others, { named, blind: null }), 'blind', 'it was never told');
  assert.equal(judge(others, { named, blind: { ...blind, since: later.startedAt - MINUTE } }), 'blind', 'this machine slept for days');
  const corner = { ...later, outcome: 'partial', coverage: covering(['10.0.0.1-10.0.0.9']) } as const;
  assert.equal(judge(report([answer(2)], corner), { named, blind }), 'blind', 'a corner proves nothing');
  const part = { ...later, outcome: 'partial' } as const;
  assert.match(judge(report([answer(2)], part), { named, blind }), /^giving up/, 'a target of which another part always fails');
  const early = { startedAt: AT + 71 * HOUR, finishedAt: AT + 71 * HOUR + 2000 };
  assert.equal(judge(report([answer(2)], early), { named, blind }), 'blind');
});

test('the cause says who is silent and what to do', () => {
  const witnesses = { target: LAN, cadence: MINUTE, lookedAt: null, blind: null, ranges: covering([LAN]).addresses };
  const roll = rollWith(steady(1), steady(2), steady(3));
  const textOf = (fields: Pick<Witnesses, 'named' | 'gateways'>): string | undefined =>
    distrustCanary(report([]), { ...witnesses, ...fields, roll }).report.cause?.text;
  assert.equal(
    textOf({ named: ['10.0.0.1', '10.0.0.2'], gateways: [] }),
    'asking canaries 10.0.0.1, 10.0.0.2 of 10.0.0.0/24: usually answering, and silent now; mend the way there, or take it out of canary = [...] in the config file',
  );
  assert.equal(
    textOf({ named: [], gateways }),
    'asking gateway 10.0.0.1 of 10.0.0.0/24: usually answering, and silent like everybody else there; mend the way there',
  );
});
