import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownHeaders, shownPath } from './shown.ts';

test('S24: of a request that goes to a secret URL no path is told, however short; of others it is', () => {
  const secret = 'http://10.0.0.5:8080/x9?k=1';
  assert.equal(shownPath(new URL(secret), [secret]), '/***');
  assert.equal(shownPath(new URL('http://10.0.0.5:8080/x9/messages/7'), [secret]), '/***');
  assert.equal(shownPath(new URL('http://10.0.0.5:8080/other'), [secret]), '/other');
  assert.equal(shownPath(new URL('http://10.0.0.5/x9'), [secret]), '/x9');
  assert.equal(shownPath(new URL('http://10.0.0.5/send?a=b'), ['http://10.0.0.5', 'token']), '/send?a=b');
});

test('S24: headers that hold a secret are told without it, however short or common it is', () => {
  const headers = { Host: 'h', 'X-Key': 'a', 'X-Other': 'json', Authorization: 'Basic bWU6YQ==', 'X-Token': 'Token b' };
  assert.deepEqual(shownHeaders(headers, ['a', 'b']), {
    Host: 'h',
    'X-Key': '***',
    'X-Other': 'json',
    Authorization: 'Basic ***',
    'X-Token': 'Token ***',
  });
});
