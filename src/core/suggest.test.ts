import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './suggest.ts';

test('a mistyped word is led to the nearest known one', () => {
  const known = ['devices', 'device', 'doctor', 'scan', 'scans', 'status'];
  for (const [typed, meant] of [
    ['devcies', 'devices'],
    ['Device', 'device'],
    ['scna', 'scan'],
    ['sttus', 'status'],
    ['docter', 'doctor'],
  ] as const)
    assert.equal(nearest(typed, known), meant);
});

test('a word like none of them suggests nothing', () => {
  for (const typed of ['', 'frobnicate', 'x'.repeat(10_000)]) assert.equal(nearest(typed, ['devices', 'scan']), undefined);
});
