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
