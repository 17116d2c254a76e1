import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fact } from '../../core/index.ts';
import { withDelta } from './combine.ts';
import { newFacts } from './merge-facts.ts';
import type { PastFact } from './past-device.ts';

const fact = (kind: Fact['kind'], key: string, value = ''): Fact => ({ kind, key, value });
const held = (what: Fact, from: number, to: number | null = null): PastFact => ({ fact: what, from, to });
const ssh = (value: string) => fact('port', 'tcp/22', value);
const told = (facts: readonly PastFact[]): string[] =>
  facts.map(({ fact: { key, value }, from, to }) => `${key} ${value} ${from}..${to ?? ''}`).sort();

test('what nobody knew is taken as it is', () => {
  const delta = newFacts(
    { facts: [], watchedFrom: null, lastSeen: null },
    { facts: [held(ssh('open'), 10, 20), held(ssh('closed'), 20)], lastSeen: 30 },
  );
  assert.deepEqual(delta, { close: [], open: [{ ...ssh('closed'), from: 20 }], past: [held(ssh('open'), 10, 20)] });
});

test('before we watched, only what is empty is filled, and nothing is ended or begun', () => {
  const known = { facts: [held(ssh('open'), 100), held(ssh('closed'), 40, 50)], watchedFrom: 100, lastSeen: 200 };
  const delta = newFacts(known, { facts: [held(ssh('filtered'), 10)], lastSeen: 300 });
  assert.deepEqual([delta.close, delta.open], [[], []]);
  assert.deepEqual(told(delta.past), ['tcp/22 filtered 10..40', 'tcp/22 filtered 50..100']);
});

test('a longer report goes on where the shorter one stopped', () => {
  const first = [held(ssh('open'), 10)];
  const longer = [held(ssh('open'), 10, 60), held(ssh('closed'), 60)];
  const delta = newFacts({ facts: first, watchedFrom: null, lastSeen: 50 }, { facts: longer, lastSeen: 70 });
  assert.deepEqual(told(withDelta(first, delta)), ['tcp/22 closed 60..', 'tcp/22 open 10..60']);
  assert.deepEqual(newFacts({ facts: withDelta(first, delta), watchedFrom: null, lastSeen: 70 }, { facts: longer, lastSeen: 70 }), {
    close: [],
    open: [],
    past: [],
  });
});

test('a later report that bears a fact out leaves it as it is', () => {
  const delta = newFacts(
    { facts: [held(ssh('open'), 10)], watchedFrom: null, lastSeen: 50 },
    { facts: [held(ssh('open'), 55)], lastSeen: 70 },
  );
  assert.deepEqual(delta, { close: [], open: [], past: [] });
});

test('a device that another program saw elsewhere later has left its address; one that saw it earlier moves nobody', () => {
  const [old, fresh] = [fact('address', '10.0.0.1'), fact('address', '10.0.0.2')];
  const moved = newFacts({ facts: [held(old, 10)], watchedFrom: null, lastSeen: 50 }, { facts: [held(fresh, 80)], lastSeen: 90 });
  assert.deepEqual(told(withDelta([held(old, 10)], moved)), ['10.0.0.1  10..80', '10.0.0.2  80..']);
  const earlier = newFacts({ facts: [held(old, 100)], watchedFrom: null, lastSeen: 5000 }, { facts: [held(fresh, 20)], lastSeen: 3000 });
  assert.deepEqual(told(withDelta([held(old, 100)], earlier)), ['10.0.0.1  100..', '10.0.0.2  20..4000']);
});

test('what an older report says of things that the newer one did not ask still holds', () => {
  const delta = newFacts(
    { facts: [held(fact('mac', 'aa'), 100)], watchedFrom: null, lastSeen: 500 },
    { facts: [held(ssh('open'), 10)], lastSeen: 50 },
  );
  assert.deepEqual(delta.open, [{ ...ssh('open'), from: 10 }]);
});

/** One port over time, in order and without holes, as a look after another would see it. */
const port = fc
  .array(fc.tuple(fc.constantFrom('open', 'closed', 'filtered'), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 6 })
  .map((parts) => {
    let at = 10;
    const spans: PastFact[] = [];
    for (const [value, length] of parts) {
      const last = spans.at(-1);
      if (last?.fact.value === value) spans[spans.length - 1] = { ...last, to: at + length };
      else spans.push(held(ssh(value), at, at + length));
      at += length;
    }
    return { spans, end: at };
  });

/** The same, known up to a moment. */
function upTo(spans: readonly PastFact[], end: number): PastFact[] {
  const seen = spans.filter(({ from }) => from < end);
  return seen.map((span, i) => (i === seen.length - 1 ? { ...span, to: null } : span));
}

test('a history that grows is in the end what it would be at once, and never has two things at one time', () => {
  fc.assert(
    fc.property(port, fc.array(fc.integer({ min: 11, max: 60 }), { maxLength: 4 }), ({ spans, end }, cuts) => {
      let known: PastFact[] = [];
      let lastSeen: number | null = null;
      for (const cut of [...cuts.filter((at) => at < end).sort((a, b) => a - b), end]) {
        const growing = { facts: upTo(spans, cut), lastSeen: cut - 1 };
        known = withDelta(known, newFacts({ facts: known, watchedFrom: null, lastSeen }, growing));
        lastSeen = Math.max(lastSeen ?? 0, cut - 1);
        assert.deepEqual(told(known), told(growing.facts));
      }
    }),
    { numRuns: 2000 },
  );
});
