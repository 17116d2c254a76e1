import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS, FACT_KINDS, type FactKind } from '../core/index.ts';
import { changeCode, changeKind, factCode, factKind, STATES, stateCode } from './codes.ts';

test('every kind of change and fact has a number of its own and comes back from it', () => {
  assert.deepEqual(
    CHANGE_KINDS.map((kind) => changeKind(changeCode(kind))),
    CHANGE_KINDS,
  );
  assert.equal(new Set(CHANGE_KINDS.map(changeCode)).size, CHANGE_KINDS.length);
  assert.deepEqual(
    FACT_KINDS.map((kind) => factKind(factCode(kind))),
    FACT_KINDS,
  );
});

test('numbers once given keep their meaning', () => {
  assert.deepEqual(
    ['device.appeared', 'port.opened', 'vantage.restored'].map((kind) => changeCode(kind as 'port.opened')),
    [0, 5, 10],
  );
  assert.deepEqual(
    ['presence', 'os'].map((kind) => factCode(kind as FactKind)),
    [0, 6],
  );
  assert.deepEqual(STATES, ['waiting', 'delivered', 'dead', 'folded']);
  assert.deepEqual(STATES.map(stateCode), [0, 1, 2, 3]);
});

test('a number of nothing is not guessed at', () => {
  assert.throws(() => changeKind(99), /99 is no kind of change/);
  assert.throws(() => factKind(-1), /-1 is no kind of fact/);
});
