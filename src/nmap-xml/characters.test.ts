import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLASS, IN_NAME, IS_SPACE, isCharacter, STARTS_NAME, STOPS_ALWAYS, STOPS_TEXT, STOPS_VALUE } from './characters.ts';

const ascii = Array.from({ length: 128 }, (_, byte) => byte);
const having = (bit: number): string =>
  ascii
    .filter((byte) => ((CLASS[byte] as number) & bit) !== 0)
    .map((byte) => String.fromCharCode(byte))
    .join('');
const control = ascii.filter((byte) => byte < 32 && ![9, 10, 13].includes(byte)).map((byte) => String.fromCharCode(byte));
const sorted = (text: string): string => [...text].sort().join('');

describe('the class of a byte', () => {
  it('tells space', () => assert.equal(having(IS_SPACE), '\t\n\r '));

  it('tells what names start with, and what goes on in them', () => {
    assert.equal(having(STARTS_NAME), ':ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz');
    assert.equal(sorted(having(IN_NAME)), sorted(`${having(STARTS_NAME)}-.0123456789`));
  });

  it('stops a value and text where they need a closer look', () => {
    assert.equal(sorted(having(STOPS_VALUE)), sorted(`${control.join('')}\t\n\r<&"'`));
    assert.equal(sorted(having(STOPS_TEXT)), sorted(`${control.join('')}\r<&]`));
    assert.equal(sorted(having(STOPS_ALWAYS)), sorted(control.join('')));
  });

  it('takes every byte beyond ASCII for part of a name, and stops at it in all text', () => {
    for (let byte = 128; byte < 256; byte++)
      assert.equal(CLASS[byte], STARTS_NAME | IN_NAME | STOPS_VALUE | STOPS_TEXT | STOPS_ALWAYS, `byte ${byte}`);
  });
});

describe('a character', () => {
  it('is what XML 1.0 says it is', () => {
    const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u;
    for (let code = 0; code <= 0x10ffff; code++)
      if (isCharacter(code) !== allowed.test(String.fromCodePoint(code))) assert.fail(`U+${code.toString(16)}`);
    assert.equal(isCharacter(0x110000), false);
  });
});
