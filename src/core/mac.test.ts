import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalMac, isRandomizedMac } from './mac.ts';

const octets = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')));

test('a MAC has one canonical text, however it is written', () => {
  fc.assert(
    fc.property(octets, fc.constantFrom(':', '-'), fc.boolean(), (parts, separator, upper) => {
      const written = upper ? parts.join(separator).toUpperCase() : parts.join(separator);
      const mac = canonicalMac(written);
      fc.pre(new Set(parts).size > 1);
      assert.equal(mac, parts.join(':'));
      assert.equal(canonicalMac(mac), mac);
    }),
  );
});

test('what is not six pairs with one kind of separator is no MAC', () => {
  const wrong = [
    '',
    '02:00:5e:00:53',
    '02:00:5e:00:53:01:02',
    '02:00-5e:00:53:01',
    '2:0:5e:0:53:1',
    '02005e005301',
    '0200.5e00.5301',
    '02:00:5e:00:53:0g',
  ];
  const hostile = [
    '02:00:5e:00:53:01\n',
    ' 02:00:5e:00:53:01',
    '02:00:5e:00:53:０1',
    '<incomplete>',
    '(incomplete)',
    '02:00:5e:00:53:01%0a',
  ];
  for (const text of [...wrong, ...hostile]) assert.equal(canonicalMac(text), undefined, JSON.stringify(text));
});

test('the null and the broadcast address name nobody', () => {
  for (const text of ['00:00:00:00:00:00', 'FF:FF:FF:FF:FF:FF', '00-00-00-00-00-00']) assert.equal(canonicalMac(text), undefined);
});

test('a MAC is taken for made up by its locally administered bit alone', () => {
  fc.assert(
    fc.property(octets, (parts) => assert.equal(isRandomizedMac(parts.join(':')), '2367abef'.includes((parts[0] as string)[1] as string))),
  );
});
