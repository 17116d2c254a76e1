import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observed } from '../../../test/probes/fake-prober.ts';
import { coverageText, NO_COVERAGE, PLANS, parseTarget } from '../../core/index.ts';
import type { ProcessEnd } from '../processes/run-tool.ts';
import type { Part } from '../vantage/parts.ts';
import type { Verdict } from '../vantage/verdict.ts';
import { type Evidence, judgeArpScan } from './judge.ts';

const FINE: ProcessEnd = { code: 0, signal: null, ended: null, startFailure: null, complaints: [], unrouted: 0 };
const TOLD = { version: '1.10.0', asked: 16 };
const UNSAID = { version: null, asked: null };
const SEEN = [observed('10.77.0.2', '02:00:5e:00:00:02')];

function partOf(block: string): Part {
  const target = parseTarget(block);
  const ranges = target.ok && target.value.kind === 'ranges' ? target.value.ranges : [];
  return { reach: 'attached', family: 4, iface: 'va', network: null, ranges };
}

function judge(end: Partial<ProcessEnd>, other: Partial<Evidence> = {}): Verdict {
  const evidence = { part: partOf('10.77.0.0/28'), plan: PLANS.sweep, selfCheck: null, told: TOLD, observations: SEEN };
  return judgeArpScan({ ...evidence, end: { ...FINE, ...end }, ...other });
}

const shown = ({ outcome, cause, coverage, observations }: Verdict): unknown[] => [
  outcome,
  cause?.code ?? null,
  coverageText(coverage).addresses.join(' '),
  observations.length,
];
const [WHOLE, ONLY_SEEN] = ['10.77.0.0/28', '10.77.0.2'];

test('one that came to its end covers all it was asked, whoever answered', () => {
  assert.deepEqual(shown(judge({})), ['complete', null, WHOLE, 1]);
  assert.deepEqual(shown(judge({}, { observations: [] })), ['complete', null, WHOLE, 0]);
});

test('R6 R9 R10: one that was cut short covers only who answered, and nothing when nobody did', () => {
  const cuts = [
    [{ ended: 'over-budget', signal: 'SIGTERM', code: null }, UNSAID, 'over-budget'],
    [{ ended: 'unreadable', signal: 'SIGTERM', code: null }, UNSAID, 'unreadable'],
    [{ signal: 'SIGSEGV', code: null }, UNSAID, 'killed'],
    [{ code: 1, complaints: ['out of buffers'] }, UNSAID, 'tool-failed'],
    [{ code: 1, complaints: ['x', 'socket: Operation not permitted'] }, UNSAID, 'no-privilege'],
    [{}, UNSAID, 'cut-off'],
  ] as const;
  for (const [end, told, code] of cuts) {
    assert.deepEqual(shown(judge(end, { told })), ['partial', code, ONLY_SEEN, 1]);
    assert.deepEqual(shown(judge(end, { told, observations: [] })), ['failed', code, '', 0]);
  }
});

test('an end with a fault is one, also after the last line', () => {
  assert.deepEqual(shown(judge({ code: 1 })), ['partial', 'tool-failed', ONLY_SEEN, 1]);
});

test('R15: one that was stopped is cancelled, and covers only who answered', () => {
  const end = { ended: 'stopped', signal: 'SIGTERM', code: null } as const;
  assert.deepEqual(shown(judge(end, { told: UNSAID })), ['cancelled', 'stopped', ONLY_SEEN, 1]);
  assert.deepEqual(shown(judge(end, { told: UNSAID, observations: [] })), ['cancelled', 'stopped', '', 0]);
});

test('R1 R2 R3: what the self-check found counts for more than any answer, and spoils a stopped one too', () => {
  const selfCheck = { code: 'no-carrier', text: 'interface va has no carrier' } as const;
  const nothing = { coverage: NO_COVERAGE, observations: [], warnings: [] };
  assert.deepEqual(judge({}, { selfCheck }), { outcome: 'failed', cause: selfCheck, ...nothing });
  assert.deepEqual(shown(judge({ ended: 'stopped' }, { selfCheck })), ['cancelled', 'stopped', '', 0]);
});

test('R7: another number of addresses than was asked proves nothing', () => {
  const verdict = judge({}, { told: { ...TOLD, asked: 15 } });
  assert.deepEqual(shown(verdict), ['failed', 'totals-differ', '', 0]);
  assert.equal(verdict.cause?.text, 'arp-scan asked 15 of 16 addresses');
});

test('R11: one that is not there, by the words of the kernel or of the leash', () => {
  const missing = [
    { code: null, startFailure: 'spawn /usr/sbin/arp-scan ENOENT' },
    { code: null, startFailure: 'spawn /usr/sbin/arp-scan EACCES' },
    { code: 127, complaints: ['setpriv: failed to execute arp-scan: No such file or directory'] },
    { code: 126 },
  ];
  for (const end of missing) assert.deepEqual(shown(judge(end, { told: UNSAID, observations: [] })), ['failed', 'tool-missing', '', 0]);
  assert.deepEqual(shown(judge({ code: null, startFailure: 'spawn EAGAIN' })), ['failed', 'tool-failed', '', 0]);
});

test('law 5: its complaints are kept as warnings, and cleaned where they become the cause', () => {
  const verdict = judge({ code: 1, complaints: [`bad\u001b[31m ${'y'.repeat(400)}`] }, { told: UNSAID });
  assert.equal(verdict.warnings.length, 1);
  assert.doesNotMatch(verdict.cause?.text ?? '', /\u001b/);
  assert.ok((verdict.cause?.text.length ?? 0) < 330);
});
