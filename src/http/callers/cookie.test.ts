import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cookieIn, cookieWriter } from './cookie.ts';

const read = (cookie: string, secure = false): string | null => cookieIn(new Headers({ cookie }), secure);

suite('the cookie', () => {
  test('over TLS it is Secure and of this host only; over plain HTTP neither can be promised', () => {
    const [tls, plain] = [cookieWriter(true, () => 1000), cookieWriter(false, () => 1000)];
    assert.deepEqual([tls.header(), plain.header()], [null, null]);
    tls.set('abc', 61_500);
    plain.set('abc', 61_500);
    assert.equal(tls.header(), '__Host-rollcall=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure');
    assert.equal(plain.header(), 'rollcall=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
    tls.clear();
    assert.equal(tls.header(), '__Host-rollcall=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure');
  });

  test('one that is over already is gone at once', () => {
    const cookies = cookieWriter(true, () => 1000);
    cookies.set('abc', 10);
    assert.match(cookies.header() ?? '', /Max-Age=0;/);
  });

  test('a secret never ends its own cookie', () => {
    const cookies = cookieWriter(true, () => 0);
    for (const secret of ['a; Domain=x', 'a\r\nSet-Cookie: x', 'a b', '', 'ü']) assert.throws(() => cookies.set(secret, 1), TypeError);
    assert.equal(cookies.header(), null);
  });

  test('it is found among others', () => {
    assert.equal(read('theme=dark; rollcall=abc; x=y'), 'abc');
    assert.equal(read('__Host-rollcall=abc', true), 'abc');
    for (const other of ['', 'xrollcall=abc', 'rollcallx=abc', 'Rollcall=abc', 'x=rollcall=abc']) assert.equal(read(other), null, other);
  });

  test('S19: the name for plain HTTP means nothing over TLS, so that a neighbour cannot plant it', () => {
    assert.equal(read('rollcall=planted', true), null);
    assert.equal(read('__Host-rollcall=abc', false), null);
  });

  test('S19: two of the same name are none', () => {
    assert.equal(read('rollcall=planted; rollcall=abc'), null);
  });

  test('what we would never hand out is not looked up', () => {
    for (const secret of ['', '"abc"', 'a b', 'a\u00e4', 'x'.repeat(257)]) assert.equal(read(`rollcall=${secret}`), null, secret);
  });
});
