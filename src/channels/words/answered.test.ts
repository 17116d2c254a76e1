import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notNow, notThis } from '../exchange/refusals.ts';
import { fieldsOf, laterBy, objectOf, replaceable, takenAs, wordOf } from './answered.ts';

const answer = { status: 200, headers: {}, body: '', cut: false, at: 0, from: 'https://push.example.org', open: true };

test('of a body that is no object nothing is read', () => {
  for (const body of ['', '{', '[]', 'null', '7', '"x"', '<html>']) assert.deepEqual(fieldsOf({ body }), {}, body);
  assert.deepEqual(fieldsOf({ body: '{"a":{"b":1}}' }), { a: { b: 1 } });
  assert.deepEqual([objectOf(null), objectOf([1]), objectOf('x'), objectOf({ a: 1 })], [{}, {}, {}, { a: 1 }]);
  assert.deepEqual([wordOf(null), wordOf({}), wordOf(true), wordOf(7), wordOf('x')], ['', '', '', '7', 'x']);
});

test('a name makes it delivered, and what can be replaced has it as its handle', () => {
  assert.deepEqual(takenAs('42', answer, 'Pushy'), { outcome: 'delivered', receipt: 'taken as 42' });
  assert.deepEqual(replaceable('42', answer, 'Pushy'), { outcome: 'delivered', receipt: 'taken as 42', handle: '42' });
});

test('a success without a name told nobody, unless its answer was cut', () => {
  for (const name of ['', 'two words', 'x\ny', '\u001b[31m', 'x'.repeat(301)]) {
    const refusal = replaceable(name, answer, 'Pushy');
    assert.deepEqual([refusal.outcome, refusal.outcome === 'refused' && refusal.again], ['refused', false], name);
    assert.deepEqual(replaceable(name, { ...answer, cut: true }, 'Pushy'), { outcome: 'delivered', receipt: 'taken' });
  }
});

test('R20: a waiting time in a body counts where it is longer than that of the header, and for a day at most', () => {
  const now = notNow('too many', 'wait', 3000);
  const after = (count: Parameters<typeof laterBy>[1]) => (laterBy(now, count, 1000) as { after: number | null }).after;
  assert.deepEqual(
    [35, 0.5, 1e12, -1, Number.NaN, '35', null, undefined].map(after),
    [35_000, 3000, 86_400_000, 3000, 3000, 3000, 3000, 3000],
  );
  const final = notThis('no', 'never');
  assert.equal(laterBy(final, 35, 1000), final);
});
