import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailServer } from './mail-server.ts';

test('a URL names host, port, login, and how much of it must be encrypted', () => {
  assert.deepEqual(readMailServer('smtp://mail.example.org'), {
    host: 'mail.example.org',
    port: 25,
    secure: false,
    login: null,
    mustEncrypt: false,
  });
  assert.deepEqual(readMailServer('smtp://me:p%40s%3As@mail.example.org/'), {
    host: 'mail.example.org',
    port: 587,
    secure: false,
    login: { user: 'me', password: 'p@s:s' },
    mustEncrypt: true,
  });
  assert.deepEqual(readMailServer('SMTPS://me%40x.y@[2001:db8::1]:2465'), {
    host: '2001:db8::1',
    port: 2465,
    secure: true,
    login: { user: 'me@x.y', password: '' },
    mustEncrypt: true,
  });
  assert.equal(readMailServer('smtps://mail.example.org').port, 465);
});

test('a password needs no encryption on the way to this machine itself', () => {
  for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]'])
    assert.equal(readMailServer(`smtp://u:p@${host}`).mustEncrypt, false, host);
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1', '127x.example.org'])
    assert.equal(readMailServer(`smtp://u:p@${host}`).mustEncrypt, true, host);
});
