import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soonIn } from './moments.ts';

const NOW = Date.UTC(2026, 10, 21, 3, 14, 5);

test('what is less than an hour away is told by the second, by the clock of its zone', () => {
  const write = soonIn('Europe/Berlin', NOW);
  assert.equal(write(NOW + 2300), '2026-11-21 04:14:07');
  assert.equal(write(NOW + 3_600_000), '2026-11-21 05:14');
  assert.equal(write(Number.MAX_SAFE_INTEGER), 'an unknown moment');
});
