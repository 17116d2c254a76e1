import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAnswer, retryAfter, saidBy } from './judge.ts';
import type { Answer } from './request.ts';

const AT = Date.UTC(2026, 10, 28, 1, 0, 0);

const answer = (over: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  body: '',
  cut: false,
  at: AT,
  from: 'https://push.example',
  open: true,
  ...over,
});

test('R20: every status has its meaning', () => {
  const meaning = (status: number): string => {
    const judged = judgeAnswer(answer({ status }));
    return judged.outcome === 'delivered' ? 'delivered' : `${judged.what} ${judged.again ? 'again' : 'never'}`;
  };
  const meanings: Readonly<Record<string, readonly number[]>> = {
    delivered: [200, 201, 202, 204, 299],
    'channel again': [408, 425, 429, 500, 502, 503, 504, 507, 520, 599, 100, 199],
    'channel never': [301, 302, 304, 307, 308, 401, 403, 404, 405, 410],
    'message never': [400, 406, 409, 411, 413, 414, 415, 422, 431],
  };
  for (const [expected, statuses] of Object.entries(meanings))
    for (const status of statuses) assert.equal(meaning(status), expected, String(status));
});

test('R20: Retry-After counts in seconds or until a date, a day at most', () => {
  const waits: readonly (readonly [string, number | null])[] = [
    ['7', 7000],
    ['0', 0],
    ['1.5', 1500],
    [' 30 ', 30_000],
    ['Sat, 28 Nov 2026 01:01:00 GMT', 60_000],
    ['Sat, 28 Nov 2026 00:00:00 GMT', 0],
    ['Sat, 28 Nov 2099 00:00:00 GMT', 86_400_000],
    ['999999999', 86_400_000],
    ['-5', null],
    ['soon', null],
    ['', null],
    ['2026-11-28', null],
    ['9'.repeat(400), null],
    ['0x10', null],
  ];
  for (const [text, expected] of waits) assert.equal(retryAfter({ headers: { 'retry-after': text }, at: AT }), expected, text);
  assert.equal(retryAfter({ headers: {}, at: AT }), null);
  const judged = judgeAnswer(answer({ status: 503, headers: { 'retry-after': '7' } }));
  assert.equal(judged.outcome === 'refused' && judged.after, 7000);
});

test('what the receiver said is one short line, and none where people may not see it', () => {
  assert.equal(saidBy(answer({ status: 400, body: ' {"a":\n "b"}\u001b[31m ' })), '400 Bad Request: {"a": "b"}[31m');
  assert.equal(saidBy(answer({ status: 400, body: 'x'.repeat(100_000) })).length, '400 Bad Request: '.length + 200);
  assert.equal(saidBy(answer({ status: 400, body: 'inner', open: false })), '400 Bad Request');
  assert.equal(saidBy(answer({ status: 299, body: '' })), '299');
});

test('a kind may know a better remedy', () => {
  const judged = judgeAnswer(answer({ status: 401 }), { 401: 'ask @BotFather' });
  assert.equal(judged.outcome === 'refused' && judged.remedy, 'ask @BotFather');
});
