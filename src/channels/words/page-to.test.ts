import assert from 'node:assert/strict';
import { test } from 'node:test';
import { below, pageTo } from './page-to.ts';

test('an address below a server keeps the path that the server lives at, and nothing else', () => {
  assert.equal(below('https://push.example.org', 'message'), 'https://push.example.org/message');
  assert.equal(below('https://example.org/push//', 'message'), 'https://example.org/push/message');
  assert.equal(below('http://[fd00::5]:8080/?a=b#c', 'message'), 'http://[fd00::5]:8080/message');
  assert.equal(below('https://ntfy.sh', ''), 'https://ntfy.sh/');
  assert.equal(
    below('https://m.example.org', `rooms/${encodeURIComponent('!a/b:example.org')}/send`),
    'https://m.example.org/rooms/!a%2Fb%3Aexample.org/send',
  );
});

test('a page is JSON, with the headers that the kind adds', () => {
  assert.deepEqual(pageTo('https://example.org/x', { a: 'ä' }, { method: 'PUT', headers: { 'X-Key': 'k' } }), {
    method: 'PUT',
    url: 'https://example.org/x',
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Key': 'k' },
    body: '{"a":"ä"}',
  });
});
