import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { barsOf, ticksOf } from './chart.ts';

test('stretches become bars in percent of the time asked for', () => {
  const bars = barsOf({
    since: '2026-11-21T00:00:00.000Z',
    until: '2026-11-21T10:00:00.000Z',
    sessions: [
      { presence: 'away', from: '2026-11-21T00:00:00.000Z', to: '2026-11-21T04:00:00.000Z' },
      { presence: 'present', from: '2026-11-21T04:00:00.000Z', to: null },
    ],
  });
  assert.deepEqual(
    bars.map(({ x, width }) => [x, width]),
    [
      [0, 40],
      [40, 60],
    ],
  );
  assert.equal(bars[1]?.to, null);
});

test('no bar is too narrow to be seen, nor outside', () => {
  const ms = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      const at = (n: number): string => new Date(n).toISOString();
      const [bar] = barsOf({
        since: at(0),
        until: at(1000),
        sessions: [{ presence: 'present', from: at(Math.min(a, b)), to: at(Math.max(a, b)) }],
      });
      assert.ok(bar && bar.width >= 0.25 && bar.x >= 0 && bar.x + bar.width <= 100.0001);
    }),
  );
});

test('marks are few, in order, and within', () => {
  const end = Date.parse('2026-11-21T11:22:33.000Z');
  for (const days of [1, 7, 30, 365]) {
    const ticks = ticksOf(end - days * 86_400_000, end);
    assert.ok(ticks.length >= 6 && ticks.length <= 13, `${days} days have ${ticks.length} marks`);
    assert.deepEqual(
      ticks,
      ticks.toSorted((a, b) => a - b),
    );
    assert.ok(ticks.every((at) => at <= end && at >= end - days * 86_400_000));
  }
});
