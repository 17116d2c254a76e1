import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AddressRange,
  coverageText,
  NO_COVERAGE,
  type Observation,
  orFault,
  PLANS,
  type PortState,
  parseTarget,
} from '../../core/index.ts';
import type { NmapEnding } from '../../nmap-xml/index.ts';
import type { ProcessEnd } from '../processes/run-tool.ts';
import type { Part } from '../vantage/parts.ts';
import { type Evidence, judgeOutcome } from './judge-outcome.ts';

const rangesOf = (text: string): readonly AddressRange[] => {
  const spec = orFault(parseTarget(text));
  return spec.kind === 'ranges' ? spec.ranges : [];
};

const seen = (address: string, other: Partial<Observation> = {}): Observation => ({
  address,
  mac: '02:00:5e:00:53:09',
  vendor: null,
  names: null,
  reason: 'arp-response',
  seenAt: 1000,
  ports: [],
  unlisted: [],
  timedOut: false,
  os: null,
  ...other,
});

const PART: Part = {
  reach: 'attached',
  family: 4,
  iface: 'va',
  network: rangesOf('10.77.0.0/24')[0] ?? null,
  ranges: rangesOf('10.77.0.0/24'),
};
const END: ProcessEnd = { code: 0, signal: null, ended: null, startFailure: null, complaints: [], unrouted: 0 };
const FINISHED = { time: 1, exit: 'success', errorMessage: null, up: 2, down: 254, total: 256 };
const COMPLETE: NmapEnding = { ending: 'complete', closed: true, fault: null, warnings: [], finished: FINISHED };
const FAULT = { message: 'reading nmap XML: it ends early', offset: 9, line: 1, column: 10 };
const CUT: NmapEnding = { ending: 'partial', closed: false, fault: FAULT, warnings: [], finished: null };
const NOTHING: NmapEnding = { ...CUT, ending: 'unreadable' };
const TWO = [seen('10.77.0.2'), seen('10.77.0.9')];

const judge = (other: Partial<Evidence> = {}) => {
  const evidence: Evidence = {
    part: PART,
    plan: PLANS.sweep,
    privileged: true,
    expectsMacs: true,
    selfCheck: null,
    end: END,
    ending: COMPLETE,
    observations: TWO,
    ports: {},
    ...other,
  };
  const { outcome, cause, coverage, observations, warnings } = judgeOutcome(evidence);
  return {
    outcome,
    code: cause?.code ?? null,
    text: cause?.text ?? '',
    covers: coverageText(coverage).addresses,
    coverage,
    observations,
    warnings,
  };
};

const proveNothing = (judged: ReturnType<typeof judge>): void => {
  assert.equal(judged.outcome, 'failed');
  assert.deepEqual(judged.coverage, NO_COVERAGE);
  assert.deepEqual(judged.observations, []);
};

test('a scan that asked all it was to ask is complete and covers it all', () => {
  const judged = judge();
  assert.equal(judged.outcome, 'complete');
  assert.deepEqual(judged.covers, ['10.77.0.0/24']);
  assert.equal(judged.coverage.basis, 'asked');
  assert.equal(judged.observations.length, 2);
});

test('a network where nobody answers is complete too: that is what empty looks like when it is true', () => {
  const judged = judge({ observations: [], ending: { ...COMPLETE, finished: { ...FINISHED, up: 0, down: 256 } } });
  assert.equal(judged.outcome, 'complete');
  assert.deepEqual(judged.covers, ['10.77.0.0/24']);
});

test('R1 R2 R3: what the self-check found outweighs any success nmap reports', () => {
  for (const code of ['interface-down', 'no-carrier', 'address-lost', 'link-flapped', 'interface-gone', 'other-route'] as const) {
    const judged = judge({ selfCheck: { code, text: code } });
    proveNothing(judged);
    assert.equal(judged.code, code);
  }
});

test('R1: nmap says success of one address out of 256', () => {
  const judged = judge({ ending: { ...COMPLETE, finished: { ...FINISHED, total: 1 } } });
  proveNothing(judged);
  assert.equal(judged.code, 'totals-differ');
  assert.match(judged.text, /1 of 256/);
});

test('R7: a total that is missing is no total', () => {
  proveNothing(judge({ ending: { ...COMPLETE, finished: { ...FINISHED, total: null } } }));
});

test('R1: targets nmap found no route to', () => {
  const judged = judge({
    end: { ...END, unrouted: 256 },
    observations: [],
    ending: { ...COMPLETE, finished: { ...FINISHED, total: 0, up: 0 } },
  });
  proveNothing(judged);
  assert.equal(judged.code, 'no-route');
});

test('R4: a neighbour without a hardware address answered through a router', () => {
  const judged = judge({ observations: [...TWO, seen('10.77.0.5', { mac: null, reason: 'echo-reply' })] });
  proveNothing(judged);
  assert.equal(judged.code, 'other-route');
  assert.match(judged.text, /10\.77\.0\.5 .*echo-reply.* va/);
});

test('without raw packets, behind a router or in a tunnel nobody has a hardware address', () => {
  const judged = judge({ expectsMacs: false, observations: [seen('10.77.0.5', { mac: null, reason: 'syn-ack' })] });
  assert.equal(judged.outcome, 'complete');
});

test('R7: nmap says itself that it failed', () => {
  const finished = { ...FINISHED, exit: 'error', errorMessage: 'Only ethernet devices can be used' };
  const judged = judge({ end: { ...END, code: 1 }, ending: { ...COMPLETE, finished } });
  proveNothing(judged);
  assert.equal(judged.code, 'tool-failed');
  assert.match(judged.text, /Only ethernet devices/);
});

test('R11: a failure for want of privilege is told from others', () => {
  const finished = { ...FINISHED, exit: 'error', errorMessage: 'You requested a scan type which requires root privileges.' };
  assert.equal(judge({ end: { ...END, code: 1 }, ending: { ...COMPLETE, finished } }).code, 'no-privilege');
  const end = { ...END, code: 1, complaints: ['dnet: Failed to open device eth0'] };
  assert.equal(judge({ end, ending: CUT, observations: [] }).code, 'no-privilege');
});

test('R7: no runstats: the hosts seen were there, nobody else is missing', () => {
  const judged = judge({ ending: { ...COMPLETE, finished: null } });
  assert.equal(judged.outcome, 'partial');
  assert.equal(judged.code, 'cut-off');
  assert.deepEqual(judged.covers, ['10.77.0.2', '10.77.0.9']);
});

test('R6: output that ends early covers only the complete hosts before its end', () => {
  const judged = judge({ ending: CUT });
  assert.equal(judged.outcome, 'partial');
  assert.deepEqual(judged.covers, ['10.77.0.2', '10.77.0.9']);
  proveNothing(judge({ ending: CUT, observations: [] }));
});

test('R10: nmap was killed or crashed', () => {
  for (const signal of ['SIGKILL', 'SIGSEGV', 'SIGABRT']) {
    const judged = judge({ end: { ...END, code: null, signal }, ending: CUT });
    assert.equal(judged.outcome, 'partial');
    assert.equal(judged.code, 'killed');
    assert.match(judged.text, new RegExp(signal));
    proveNothing(judge({ end: { ...END, code: null, signal }, ending: NOTHING, observations: [] }));
  }
});

test('R9: a scan over its budget keeps what it saw, and is failed when it saw nothing', () => {
  const end = { ...END, code: null, signal: 'SIGTERM', ended: 'over-budget' } as const;
  assert.equal(judge({ end, ending: CUT }).outcome, 'partial');
  assert.equal(judge({ end, ending: CUT }).code, 'over-budget');
  proveNothing(judge({ end, ending: NOTHING, observations: [] }));
});

test('a stopped scan is cancelled; what it saw it saw, unless it was blind', () => {
  const end = { ...END, code: null, signal: 'SIGTERM', ended: 'stopped' } as const;
  const judged = judge({ end, ending: CUT });
  assert.equal(judged.outcome, 'cancelled');
  assert.deepEqual(judged.covers, ['10.77.0.2', '10.77.0.9']);
  const blind = judge({ end, ending: CUT, selfCheck: { code: 'no-carrier', text: '' } });
  assert.equal(blind.outcome, 'cancelled');
  assert.deepEqual(blind.observations, []);
  assert.deepEqual(blind.coverage, NO_COVERAGE);
});

test('silence with exit code 0 proves nothing', () => {
  const judged = judge({ ending: NOTHING, observations: [] });
  proveNothing(judged);
  assert.equal(judged.code, 'unreadable');
});

test('an exit code other than 0 is believed when all else looks well', () => {
  const judged = judge({ end: { ...END, code: 3, complaints: ['disk on fire'] } });
  assert.equal(judged.outcome, 'partial');
  assert.match(judged.text, /disk on fire/);
  assert.deepEqual(judged.covers, ['10.77.0.2', '10.77.0.9']);
});

test('R11: nmap that cannot be started', () => {
  assert.equal(judge({ end: { ...END, code: null, startFailure: 'spawn E2BIG' }, ending: NOTHING }).code, 'tool-failed');
  const judged = judge({ end: { ...END, code: 127, complaints: ['setpriv: failed to execute nmap: No such file'] }, ending: NOTHING });
  proveNothing(judged);
  assert.equal(judged.code, 'tool-missing');
});

test('R8: a host nmap gave up on is there; only its ports are unknown', () => {
  const judged = judge({
    plan: PLANS.ports,
    observations: [seen('10.77.0.2'), seen('10.77.0.9', { timedOut: true })],
    ports: { tcp: [[1, 100]] },
  });
  assert.equal(judged.outcome, 'partial');
  assert.equal(judged.code, 'host-timeouts');
  assert.match(judged.text, /1 of 2 hosts \(10\.77\.0\.9\)/);
  assert.deepEqual(judged.covers, ['10.77.0.0/24']);
  assert.equal(judged.observations[1]?.timedOut, true);
});

test('-Pn: an address that answered nothing is neither present nor absent', () => {
  const unlisted = (state: PortState) => [{ protocol: 'tcp' as const, state, count: 1000, ports: null }];
  const given = { reason: 'user-set', mac: null };
  const observations = [
    seen('10.77.0.2', { ...given, unlisted: unlisted('closed') }),
    seen('10.77.0.9', { ...given, unlisted: unlisted('filtered') }),
  ];
  const judged = judge({ plan: PLANS.deep, expectsMacs: false, observations });
  assert.equal(judged.outcome, 'complete');
  assert.deepEqual(
    judged.observations.map(({ address }) => address),
    ['10.77.0.2'],
  );
  assert.deepEqual(judged.covers, ['10.77.0.0-10.77.0.8', '10.77.0.10-10.77.0.255']);
});

test('a host at an address nobody asked is not taken in', () => {
  assert.deepEqual(judge({ observations: [seen('10.99.0.1')] }).observations, []);
});

test('depth and ports of the coverage are those of the plan and of nmap’s own word', () => {
  const ports = { tcp: [[22, 22]] } as const;
  const judged = judge({ plan: PLANS.services, ports });
  assert.equal(judged.coverage.depth, 'versions');
  assert.deepEqual(judged.coverage.ports, ports);
});

test('complaints of nmap and of its reader go along as warnings', () => {
  const judged = judge({ end: { ...END, complaints: ['WARNING: slow'] }, ending: { ...COMPLETE, warnings: ['odd'] } });
  assert.deepEqual(judged.warnings, ['WARNING: slow', 'odd']);
});
