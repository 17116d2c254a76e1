import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from '../../test/make/ndiff.ts';
import { compareScripts } from './compare-scripts.ts';
import type { NdiffScript } from './scan.ts';

/** "a=1" for a script a with output 1; "a=1|b=2" for a pair; "-" for none. */
const list = (text: string): NdiffScript[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((one) => script(...(one.split('=') as [string, string])));
const shown = (one: NdiffScript | null): string => (one === null ? '-' : `${one.id}=${one.output}`);
const compare = (a: string, b: string, verbose = false): string =>
  compareScripts(list(a), list(b), verbose)
    .map((diff) => `${shown(diff.a)}|${shown(diff.b)}`)
    .join(' ');

test('scripts are paired by id, and told when their output differs', () => {
  assert.equal(compare('a=1 b=1 d=1', 'b=2 c=1 d=1'), 'a=1|- b=1|b=2 -|c=1');
  assert.equal(compare('', 'a=1'), '-|a=1');
  assert.equal(compare('a=1', ''), 'a=1|-');
});

test('verbose tells equal ones too', () => {
  assert.equal(compare('a=1 b=1', 'a=1', true), 'a=1|a=1 b=1|-');
});

test('scripts with one id are paired one after the other', () => {
  assert.equal(compare('a=1 a=2 a=3', 'a=2 a=4'), 'a=1|a=2 a=2|a=4 a=3|-');
});

test('lists that are not sorted pair as they come', () => {
  assert.equal(compare('b=1 a=1', 'a=1 b=1'), '-|a=1 a=1|-');
});

test('ids are ordered by character', () => {
  assert.equal(compare('\uffee=1', '\u{1f600}=1'), '\uffee=1|- -|\u{1f600}=1');
});
