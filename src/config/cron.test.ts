import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCron } from './cron.ts';

test('a cron line of five plain fields is read, with single spaces', () => {
  for (const line of ['0 3 * * *', '*/5 * * * *', '0-30/10 1,2 1-15 jan-mar MON-fri', '5/15 0 29 2 *', '0 0 31 2 1', '0 0 * * 7'])
    assert.deepEqual(readCron(`  ${line.replace(' ', '   ')} `), { ok: true, value: line });
});

test('anything else is refused with the field it is about', () => {
  const refused: Record<string, RegExp> = {
    '': /five fields/,
    '@daily': /five fields/,
    '* * * * * *': /five fields/,
    '60 * * * *': /"60" cannot stand for the minute/,
    '* 24 * * *': /"24" cannot stand for the hour/,
    '* * 0 * *': /"0" cannot stand for the day/,
    '* * * 13 *': /"13" cannot stand for the month/,
    '* * * * 8': /"8" cannot stand for the weekday/,
    '5-1 * * * *': /"5-1" cannot stand for the minute/,
    '*/0 * * * *': /stand for the minute/,
    '1,,2 * * * *': /stand for the minute/,
    '-1 * * * *': /stand for the minute/,
    'x * * * *': /stand for the minute/,
    '0 3 L * *': /"L" cannot stand for the day/,
    '0 3 31 4,6 *': /no month has/,
  };
  for (const [line, reason] of Object.entries(refused)) {
    const result = readCron(line);
    assert.ok(!result.ok, line);
    assert.match(result.reason, reason);
    assert.ok(result.remedy.length > 0);
  }
});
