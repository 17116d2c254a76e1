import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutCertificateDays, withoutVolatileLines } from './volatile.ts';

const sameDays = (before: string, after: string): boolean => withoutCertificateDays(before) === withoutCertificateDays(after);

test('the days that a certificate has left are taken out, however they are counted', () => {
  for (const [before, after] of [
    ['Certificate expires in 41 days', 'Certificate expires in 40 days'],
    ['expires in 2 days', 'expires in 1 day'],
    ['Not valid after:  2026-06-01T00:00:00 (89 days left)', 'Not valid after:  2026-06-01T00:00:00 (88 days left)'],
    ['expired 3 days ago', 'expired 1 day ago'],
    ['valid for 41 more days', 'valid for 40 more days'],
    [
      'Certificate Validity (UTC)   73 >= 60 days (2026-01-01 --> 2026-04-01)',
      'Certificate Validity (UTC)   72 >= 60 days (2026-01-01 --> 2026-04-01)',
    ],
    ['expires < 60 days (41) (2026-01-01)', 'expires < 60 days (40) (2026-01-01)'],
    ['days_until_expiry = 41', 'days_until_expiry = 40'],
    ['Days left: 41', 'Days left: -2'],
  ] as const)
    assert.ok(sameDays(before, after), before);
});

test('another date, another certificate, or days of something else are still told', () => {
  for (const [before, after] of [
    ['Not valid after: 2026-06-01 (89 days left)', 'Not valid after: 2026-09-01 (89 days left)'],
    ['expires in 41 days', 'expired 41 days ago'],
    ['up for 41 days', 'up for 40 days'],
    ['certificate SHA-1: 5f 3d 12', 'certificate SHA-1: 5f 4d 12'],
    ['certificate valid, RSA 2048', 'certificate valid, RSA 4096'],
    ['41 days\nexpires soon', '40 days\nexpires soon'],
  ] as const)
    assert.ok(!sameDays(before, after), before);
});

test('lines that are a clock, a counter or a salt are taken out; the others stay', () => {
  const smb = (time: string, name: string): string => `\n  OS: Windows\n  Computer name: ${name}\n  System time: ${time}\n`;
  assert.equal(withoutVolatileLines(smb('10:00', 'a')), withoutVolatileLines(smb('11:00', 'a')));
  assert.notEqual(withoutVolatileLines(smb('10:00', 'a')), withoutVolatileLines(smb('10:00', 'b')));
  for (const line of [
    '  receive time stamp: Sat',
    '|   System_Time: 2019',
    'Date: Fri',
    '  snmpEngineTime: 358d',
    '  Thread ID: 7',
    '_  Salt: bY',
    '  Uptime: 7 s',
    '  System uptime: 28 days',
    '  Total connections: 78',
  ])
    assert.equal(withoutVolatileLines(line), '', line);
  for (const line of ['  version: 4.2', '  Not valid after: 2026', '  Last-Modified: Fri', '  update: 3'])
    assert.equal(withoutVolatileLines(line), line);
});

test('law 5: text made to be slow is not', () => {
  const started = performance.now();
  for (const text of [
    '1'.repeat(16_000),
    ' '.repeat(16_000),
    'days '.repeat(3000),
    'days left until '.repeat(1000),
    `expires ${'1 '.repeat(8000)}`,
    '\n'.repeat(16_000),
  ]) {
    withoutCertificateDays(`expires ${text}`);
    withoutVolatileLines(text);
  }
  assert.ok(performance.now() - started < 1000);
});
