import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIFE, MOST, MOST_OF_ONE, type Transaction, Transactions } from './transactions.ts';

const transaction = (state: string): Transaction => ({ state, nonce: 'n', verifier: 'v', redirect: 'http://127.0.0.1/', target: '/' });
const mine = { browser: 'b'.repeat(43), source: 'v4 1' };

test('somebody on the way comes back once, within ten minutes, in the same browser', () => {
  let now = 0;
  const all = new Transactions(() => now);
  all.begin(transaction('a'), mine);
  assert.equal(all.take('a', 'c'.repeat(43)), null);
  assert.equal(all.take('b', mine.browser), null);
  assert.equal(all.take('a', mine.browser)?.state, 'a');
  assert.equal(all.take('a', mine.browser), null);
  all.begin(transaction('b'), mine);
  now += LIFE - 1;
  all.begin(transaction('c'), mine);
  now += 1;
  assert.equal(all.take('b', mine.browser), null);
  assert.equal(all.take('c', mine.browser)?.state, 'c');
  assert.equal(all.size, 0);
});

test('S18: a flood of beginnings from one place pushes out its own, and nobody else’s', () => {
  const all = new Transactions(() => 0);
  const other = { browser: 'o'.repeat(43), source: 'v4 2' };
  all.begin(transaction('other'), other);
  for (let count = 0; count < 10_000; count++) assert.equal(all.begin(transaction(`s${count}`), mine), true);
  assert.equal(all.size, MOST_OF_ONE + 1);
  assert.equal(all.take('other', other.browser)?.state, 'other');
  assert.equal(all.take('s0', mine.browser), null);
  assert.equal(all.take('s9999', mine.browser)?.state, 's9999');
});

test('S18: a flood from everywhere is refused before it fills the memory, and is over after ten minutes', () => {
  let now = 0;
  const all = new Transactions(() => now);
  for (let count = 0; count < 2 * MOST; count++)
    assert.equal(all.begin(transaction(`s${count}`), { ...mine, source: `v6 ${count}` }), count < MOST);
  assert.equal(all.size, MOST);
  assert.equal(all.take('s0', mine.browser)?.state, 's0');
  now += LIFE;
  assert.equal(all.begin(transaction('later'), mine), true);
  assert.equal(all.size, 1);
});
