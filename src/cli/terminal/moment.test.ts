import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localTime, readMoment } from './moment.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const read = (text: string): string => {
  const moment = readMoment(text, '--at', NOW);
  return moment.ok ? new Date(moment.value).toISOString() : moment.reason;
};

test('a length of time is so long ago', () => {
  assert.equal(read('1d'), '2026-11-20T12:00:00.000Z');
  assert.equal(read('1h30m'), '2026-11-21T10:30:00.000Z');
  assert.equal(read('0s'), '2026-11-21T12:00:00.000Z');
});

test('a time without zone is local, one with a zone is not', () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'America/New_York';
  assert.equal(read('2026-07-01'), '2026-07-01T04:00:00.000Z');
  assert.equal(read('2026-07-01 03:00'), '2026-07-01T07:00:00.000Z');
  assert.equal(read('2026-07-01T03:00:05.5'), '2026-07-01T07:00:05.500Z');
  assert.equal(read('2026-07-01T03:00Z'), '2026-07-01T03:00:00.000Z');
  assert.equal(read('2026-07-01T03:00+02:00'), '2026-07-01T01:00:00.000Z');
  assert.equal(localTime(Date.parse('2026-01-02T03:04:05Z')), '2026-01-01 22:04:05');
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('what is no time is refused by name', () => {
  for (const text of [
    '',
    'now',
    '10',
    '2026-13-01',
    '2026-02-29',
    '2026-06-31',
    '2026-01-01T25:00',
    '2026-1-1',
    '21.11.2026',
    '2026-01-01T00:00+0200',
  ])
    assert.equal(read(text), `reading --at ${JSON.stringify(text)}: it is not a time`);
});
