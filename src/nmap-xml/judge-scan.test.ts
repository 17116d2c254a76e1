import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AddressRange, formatRange, type Observation, orFault, parseTarget } from '../core/index.ts';
import { Answers } from './evidence.ts';
import { coverageOfSeen, judgeScan, type ScanClaims, type ScanJudgement } from './judge-scan.ts';

function ranges(text: string): readonly AddressRange[] {
  const target = orFault(parseTarget(text));
  return target.kind === 'ranges' ? target.ranges : [];
}

const NOTHING_MORE = { mac: null, vendor: null, names: null, seenAt: 0, ports: [], unlisted: [], os: null };

function answersOf(...addresses: readonly string[]): Answers {
  const answers = new Answers();
  for (const text of addresses) {
    const [, address = '', mark] = /^([\d.]+)(.*)$/.exec(text) ?? [];
    const seen: Observation = {
      ...NOTHING_MORE,
      address,
      reason: mark === ' silent' ? 'user-set' : mark === ' own' ? 'localhost-response' : 'arp-response',
      timedOut: mark === ' late',
    };
    answers.add(seen);
  }
  return answers;
}

const CLAIMS: ScanClaims = {
  targets: ranges('10.0.0.0/28'),
  commanded: false,
  ending: { kind: 'whole' },
  asked: 16,
  up: null,
  read: 1,
  listOnly: false,
  unasked: [],
  absent: [],
  ports: { tcp: [[22, 22]] },
  depth: 'ports',
  warnings: ['first'],
};

interface Told extends Partial<ScanClaims> {
  readonly seen?: readonly string[];
  readonly covers?: string;
}

function judge({ seen = ['10.0.0.1'], covers, ...claims }: Told): ScanJudgement & { readonly covered: string } {
  const judgement = judgeScan({ ...CLAIMS, ...claims }, answersOf(...seen), covers === undefined ? null : ranges(covers));
  return { ...judgement, covered: judgement.coverage.addresses.map(formatRange).join(' ') };
}

test('a whole scan covers its targets, with the ports it asked', () => {
  const { outcome, cause, covered, coverage, warnings } = judge({});
  assert.deepEqual([outcome, cause, covered, warnings], ['complete', null, '10.0.0.0/28', ['first']]);
  assert.deepEqual([coverage.ports, coverage.depth, coverage.basis], [CLAIMS.ports, 'ports', 'asked']);
});

test('R7: a failed scan covers nothing, and a scan that lost its only hosts is one', () => {
  for (const ending of [
    { kind: 'failed', text: 'why' },
    { kind: 'cut', text: 'why' },
  ] as const) {
    const { outcome, cause, covered } = judge({ ending, seen: [] });
    assert.deepEqual([outcome, cause?.text, covered], ['failed', 'why', '']);
  }
  assert.equal(judge({ ending: { kind: 'failed', text: 'why' } }).cause?.code, 'tool-failed');
});

test('R6: a scan that was cut off covers whom it told of, there or not', () => {
  const { outcome, cause, covered } = judge({ ending: { kind: 'cut', text: 'why' }, absent: ranges('10.0.0.2-10.0.0.3') });
  assert.deepEqual([outcome, cause?.code, covered], ['partial', 'cut-off', '10.0.0.1-10.0.0.3']);
});

test('R7: fewer hosts than it counts are a loss, more are a scan that was resumed', () => {
  const less = judge({ up: 2 });
  assert.deepEqual([less.outcome, less.cause?.code, less.covered], ['partial', 'totals-differ', '10.0.0.1']);
  const more = judge({ up: 1, read: 2, targets: null, seen: ['10.0.0.1', '10.0.0.2'] });
  assert.deepEqual([more.outcome, more.covered], ['complete', '10.0.0.1-10.0.0.2']);
  assert.match(more.warnings.join(), /resumed/);
});

test('what follows a whole scan leaves its coverage as it is, and is told', () => {
  const { outcome, cause, covered } = judge({ ending: { kind: 'more', text: 'why' } });
  assert.deepEqual([outcome, cause?.text, covered], ['partial', 'why', '10.0.0.0/28']);
});

test('R8: hosts nmap gave up on are covered and told of', () => {
  const { outcome, cause, covered } = judge({ seen: ['10.0.0.1', '10.0.0.2 late', '10.0.0.3 late'] });
  assert.deepEqual([outcome, cause?.code, covered], ['partial', 'host-timeouts', '10.0.0.0/28']);
  assert.match(cause?.text ?? '', /gave up on 2 of 3 hosts \(10\.0\.0\.2, \.\.\.\)/);
});

test('law 2: nobody is missed where nobody was asked, or silence means nothing', () => {
  assert.equal(judge({ seen: ['10.0.0.1', '10.0.0.8 silent', '10.0.0.9 silent'] }).covered, '10.0.0.0/29 10.0.0.10-10.0.0.15');
  assert.equal(judge({ unasked: ranges('10.0.0.0/29') }).covered, '10.0.0.8/29');
  assert.equal(judge({ listOnly: true }).covered, '10.0.0.1');
  assert.equal(judge({ asked: 15 }).covered, '10.0.0.1', 'some were excluded, and nobody knows which');
  assert.equal(judge({ targets: null }).coverage.basis, 'inferred');
  assert.equal(judge({ targets: null, asked: 15 }).covered, '10.0.0.1');
});

test('law 2: a command line that names no clear targets is no reason to guess a block', () => {
  const { covered, coverage, warnings } = judge({ targets: null, commanded: true });
  assert.deepEqual([covered, coverage.basis], ['10.0.0.1', 'asked']);
  assert.match(warnings.join(), /does not say which addresses it asked/);
  assert.equal(judge({ targets: null, commanded: true, covers: '10.0.0.0/28' }).covered, '10.0.0.0/28');
});

test('R2: a scan that found nobody but itself misses nobody, for nmap calls that a success', () => {
  const down = judge({ seen: [], absent: ranges('10.0.0.2-10.0.0.3') });
  assert.deepEqual([down.outcome, down.covered], ['complete', '']);
  assert.match(down.warnings.join(), /it found nobody, as it would with its cable out/);
  const alone = judge({ seen: ['10.0.0.1 own'] });
  assert.deepEqual([alone.covered, alone.coverage.basis], ['10.0.0.1', 'asked']);
  assert.match(alone.warnings.join(), /nobody but its own machine/);
  const vouched = judge({ seen: [], covers: '10.0.0.0/28' });
  assert.deepEqual([vouched.covered, vouched.warnings], ['10.0.0.0/28', ['first']]);
  assert.deepEqual(judge({ seen: ['10.0.0.1 own', '10.0.0.2'] }).warnings, ['first']);
  const one = judge({ targets: ranges('10.0.0.9'), asked: 1, seen: [] });
  assert.deepEqual([one.covered, one.warnings], ['10.0.0.9', ['first']], 'one machine may well be off');
});

test('targets that are named and do not fit the count are never replaced by a guess', () => {
  const { covered, coverage, warnings } = judge({ targets: ranges('10.0.0.0/24') });
  assert.deepEqual([covered, coverage.basis], ['10.0.0.1', 'asked']);
  assert.match(warnings.join(), /asked 16 addresses, not the 256 named/);
});

test("the user's word counts when the scan does not tell, and when it fits its count", () => {
  assert.equal(judge({ targets: null, asked: null, covers: '10.0.0.0/24' }).covered, '10.0.0.0/24');
  assert.equal(judge({ targets: null, asked: 256, covers: '10.0.0.0/24' }).covered, '10.0.0.0/24');
  assert.equal(judge({ targets: null, covers: '10.0.0.0/24' }).covered, '10.0.0.1');
});

test('the coverage of a part is whom it told of', () => {
  const { addresses, ports } = coverageOfSeen({ ...CLAIMS, absent: ranges('10.0.0.4') }, answersOf('10.0.0.1', '10.0.0.3'));
  assert.deepEqual([addresses.map(formatRange), ports], [['10.0.0.1', '10.0.0.3-10.0.0.4'], CLAIMS.ports]);
});
