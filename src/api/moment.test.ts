import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../core/index.ts';
import { readDuration, readMoment } from './moment.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

test('a moment is a time, in UTC unless it names an offset, or so long ago', () => {
  const MOMENTS = {
    '1d': '2026-11-20T12:00:00.000Z',
    '1h30m': '2026-11-21T10:30:00.000Z',
    '2026-11-21': '2026-11-21T00:00:00.000Z',
    '2026-11-21T03:00': '2026-11-21T03:00:00.000Z',
    '2026-11-21 03:00:05': '2026-11-21T03:00:05.000Z',
    '2026-11-21T03:00:05.25Z': '2026-11-21T03:00:05.250Z',
    '2026-11-21T03:00:00+02:00': '2026-11-21T01:00:00.000Z',
  };
  for (const [text, moment] of Object.entries(MOMENTS)) assert.equal(new Date(readMoment(text, NOW)).toISOString(), moment, text);
});

test('what is neither is refused by name, never guessed', () => {
  for (const text of [
    '',
    'now',
    'yesterday',
    '12',
    '1700000000',
    '2026-13-01',
    '2026-02-30',
    '2026-02-31T03:00Z',
    '2026-06-31T03:00',
    '2026-11-21T25:00Z',
    '21.11.2026',
    '2026-W47',
    '-1d',
    '1 d',
  ])
    assert.throws(
      () => readMoment(text, NOW),
      (fault) => fault instanceof Fault && fault.code === 'bad-input' && fault.message.includes(JSON.stringify(text)),
      text,
    );
});

test('a length of time needs its unit', () => {
  assert.equal(readDuration('45m', 'window'), 2_700_000);
  assert.throws(() => readDuration('45', 'window'), /^Fault: reading window "45": it is not a length of time$/);
});
