import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactor } from './redact.ts';

const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  encodeURIComponent,
  (secret) => encodeURIComponent(secret).replaceAll('%20', '+'),
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(secret).toString('base64url'),
];

test('S24: a secret is taken out in every form in which a receiver may repeat it', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(secret, fc.constantFrom(...FORMS), (text, form) => {
      const told = redactor([text])(`before|${form(text)}|after`);
      assert.equal(told, 'before|***|after');
    }),
    { numRuns: 1000 },
  );
});

test('S24: inside of longer base64, whatever stands before and after', () => {
  const bytes = fc.string({ minLength: 0, maxLength: 20 });
  const secret = fc.stringMatching(/^[A-Za-z0-9!$%&/()=?+*~#-]{12,40}$/);
  fc.assert(
    fc.property(bytes, secret, bytes, (before, text, after) => {
      const told = redactor([text])(Buffer.from(`${before}${text}${after}`).toString('base64'));
      // What is left on either side is less than a quarter of the secret.
      assert.ok(told.includes('***'), told);
      const left = Buffer.from(told.replace(/^.*\*\*\*/, ''), 'base64').toString('latin1');
      assert.ok(!left.includes(text.slice(4)), left);
    }),
    { numRuns: 1000 },
  );
});

test('S24: of a URL what comes after the host is secret, its short common parts are not', () => {
  const redact = redactor(['https://user:pw1@hooks.example.org/services/T00000000/verysecretpart?token=anothersecret&a=b']);
  assert.equal(redact('posted to /services/T00000000/verysecretpart?token=anothersecret&a=b'), 'posted to ***');
  assert.equal(redact('verysecretpart, anothersecret, pw1'), '***, ***, ***');
  assert.equal(redact('https://hooks.example.org answered 404'), 'https://hooks.example.org answered 404');
});

test('nothing secret leaves everything as it is', () => {
  assert.equal(redactor([])('a text'), 'a text');
  assert.equal(redactor([''])('a text'), 'a text');
});

test('S24: a short secret, or one that is a common word, is taken out where a value stands, and spoils no sentence', () => {
  for (const secret of ['t', 'nas', 'password', 'rollcall', 'Home']) {
    const redact = redactor([secret]);
    for (const [told, left] of [
      [`{"topic":"${secret}","x":1}`, '{"topic":"***","x":1}'],
      [`POST /${secret} HTTP/1.1`, 'POST /*** HTTP/1.1'],
      [`GET /x?a=${secret}&b=1`, 'GET /x?a=***&b=1'],
      [`X-Key: ${secret}\nHost: h`, 'X-Key: ***\nHost: h'],
      [`Authorization: Bearer ${secret}`, 'Authorization: Bearer ***'],
    ] as const)
      assert.equal(redact(told), left);
    const sentence = `POST https://ntfy.example.org: check user and password that rollcall at home was given, not that of nas.lan (Homer's test)`;
    assert.equal(redact(sentence), sentence, secret);
  }
  const redact = redactor(['hunter', 'x7q2']);
  assert.equal(redact('no such user as hunter, nor x7q2, nor%20hunter'), 'no such user as ***, nor ***, nor%20***');
  assert.equal(redact('hunters and a box7q2'), 'hunters and a box7q2');
});

test('S24: of "Scheme word" the word alone is secret, too; what only looks like a URL is taken out whole', () => {
  assert.equal(redactor(['Bearer x7q2'])('Bearer x7q2; token x7q2 is wrong; Bearer is right'), '***; token *** is wrong; Bearer is right');
  assert.equal(redactor(['key:C4nary9'])('key:C4nary9 is wrong'), '*** is wrong');
  assert.equal(redactor(['tgram://C4naryX9C4nary/12'])('at C4naryX9C4nary: tgram://C4naryX9C4nary/12'), 'at ***: ***');
});

test('of the URL of a receiver its host is told: only by it people know whom they read about', () => {
  assert.equal(
    redactor(['https://hooks.example.org/a?b'])('POST https://hooks.example.org/a?b: 404'),
    'POST https://hooks.example.org/***: 404',
  );
  assert.equal(redactor(['http://127.0.0.1:9'])('POST http://127.0.0.1:9: nobody listens'), 'POST http://127.0.0.1:9: nobody listens');
});

test('S24: a secret is taken out however a receiver quotes it: in single quotes, as base64, as ASCII alone, in a page', () => {
  assert.equal(
    redactor(['secret'])("the password 'secret' is wrong; token=secret, or <b>x</b>"),
    "the password '***' is wrong; token=***, or <b>x</b>",
  );
  assert.equal(redactor(['secret'])('Basic YW5uYTpzZWNyZXQ='), 'Basic YW5uYTp***Q=');
  assert.equal(redactor(['päss wörd'])('{"key":"p\\u00e4ss w\\u00f6rd"} or p\\u00E4ss w\\u00F6rd'), '{"key":"***"} or ***');
  assert.equal(
    redactor(['<tok&en>\'"1'])('no &lt;tok&amp;en&gt;&#39;&quot;1 here, nor &lt;tok&amp;en&gt;&#x27;&quot;1'),
    'no *** here, nor ***',
  );
});
