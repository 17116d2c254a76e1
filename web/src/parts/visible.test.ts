import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { visible } from './visible.ts';

test('ordinary names stay as they are (S6)', () => {
  for (const name of ['printer', 'Küche', 'книга', '打印机', 'طابعة', 'a b', '']) assert.equal(visible(name), name);
});

test('what turns text around or is not seen is shown as its number (S6)', () => {
  for (const [hostile, shown] of [
    ['abc\u202egpj', 'abc⟨202E⟩gpj'],
    ['ro\u200but\u2060er', 'ro⟨200B⟩ut⟨2060⟩er'],
    ['\u0000\u001b[31m', '⟨0000⟩⟨001B⟩[31m'],
    ['a\u2028b', 'a⟨2028⟩b'],
    ['\u{e0041}', '⟨E0041⟩'],
    ['\u3164', '⟨3164⟩'],
  ] as const)
    assert.equal(visible(hostile), shown);
});

test('nothing of what is shown turns text around (S6)', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}]/u.test(visible(text))));
});
