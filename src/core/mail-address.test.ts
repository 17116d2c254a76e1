import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMailAddress } from './mail-address.ts';

test('an address of mail is one name at one place', () => {
  for (const text of [
    'ops@example.org',
    'root@localhost',
    "o'neil+lan@mail.example.org",
    'a.b.c@x-y.example',
    '{x}@b',
    `${'a'.repeat(64)}@b.c`,
  ])
    assert.deepEqual(parseMailAddress(text), { ok: true, value: text });
});

test('S22: what would be an option, a header, a second receiver or a name beside it is none', () => {
  const refused = [
    '',
    '@',
    'ops',
    'ops@',
    '@example.org',
    'a@b@c',
    '-f@example.org',
    '-oQ/tmp@x.y',
    'a..b@c.d',
    '.a@b.c',
    'a.@b.c',
    'a@.b',
    'a@b.',
    'a@b..c',
    'a@-b.c',
    'a@b-.c',
    'a b@c.d',
    'a@b c',
    'a,b@c.d',
    'a@b.c,d@e.f',
    'Ops <ops@example.org>',
    '<ops@example.org>',
    '"a b"@c.d',
    'a(x)@b.c',
    'a@[127.0.0.1]',
    'ä@b.c',
    'a@ä.c',
    'a@b.c\r\nBcc: x@y.z',
    'a@b.c\n',
    'a\0@b.c',
    'a@b.c\u2028',
    ' a@b.c',
    'a@b.c ',
    `${'a'.repeat(65)}@b.c`,
    `a@${'b'.repeat(64)}.c`,
    `a@${'b.'.repeat(130)}c`,
  ];
  for (const text of refused) assert.equal(parseMailAddress(text).ok, false, JSON.stringify(text));
});

test('what is refused is shown in plain letters only, and what is taken cannot leave its field', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '@', '.', '-', '\r', '\n', ' ', '\u202e', '<', ',', '"', '\0', 'ä') }), (text) => {
      const read = parseMailAddress(text);
      if (read.ok) assert.match(read.value, /^[!-~]+@[a-z0-9.-]+$/i);
      else assert.match(read.reason, /^[ -~]*$/);
    }),
  );
});
