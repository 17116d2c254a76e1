import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, MINUTE } from '../../test/make/device.ts';
import { runsAhead } from './due.ts';

const berlin = (cron: string, from: number, count: number): string[] =>
  runsAhead({ kind: 'at', cron, zone: 'Europe/Berlin' }, { from, count }).map((at) => new Date(at).toISOString());

test('the runs ahead of a cron line keep the hour of its zone when summer time begins and ends', () => {
  assert.deepEqual(berlin('0 3 * * *', Date.UTC(2026, 2, 27, 12), 3), [
    '2026-03-28T02:00:00.000Z',
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T01:00:00.000Z',
  ]);
  assert.deepEqual(berlin('0 4 * * *', Date.UTC(2026, 9, 24, 12), 2), ['2026-10-25T03:00:00.000Z', '2026-10-26T03:00:00.000Z']);
});

test('an hour that is not there is not left out for the day, and one that comes twice counts once', () => {
  const spring = berlin('30 2 * * *', Date.UTC(2026, 2, 28, 12), 2);
  assert.equal(spring.length, 2);
  assert.ok(spring[0]?.startsWith('2026-03-29'), String(spring[0]));
  const autumn = berlin('30 2 * * *', Date.UTC(2026, 9, 24, 12), 2);
  assert.deepEqual(
    autumn.map((at) => at.slice(0, 10)),
    ['2026-10-25', '2026-10-26'],
  );
});

test('of an interval they are counted from the moment asked', () => {
  assert.deepEqual(runsAhead({ kind: 'every', every: 5 * MINUTE }, { from: AT, count: 2 }), [AT + 5 * MINUTE, AT + 10 * MINUTE]);
});

test('each lies after the one before', () => {
  const runs = runsAhead({ kind: 'at', cron: '*/15 * * * *', zone: 'America/New_York' }, { from: Date.UTC(2026, 10, 1, 3), count: 60 });
  assert.equal(runs.length, 60);
  assert.ok(runs.every((at, i) => i === 0 || at > (runs[i - 1] ?? 0)));
});
