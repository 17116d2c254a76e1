import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, name } from '../../../test/make/device.ts';
import { matches } from './filter.ts';
import { FILTER_CAP, parseFilter } from './parse-filter.ts';

const asked = { now: AT, typeOf: () => null };

/** Texts that make regular expressions run for ever where those are nested. */
const HOSTILE = ['a'.repeat(FILTER_CAP), `${'a'.repeat(FILTER_CAP - 1)}!`, '(a+)+$', '-'.repeat(FILTER_CAP), ':'.repeat(FILTER_CAP)];

test('R50: the longest filter looks at each text of the most talkative device once for each of its words, and no more', () => {
  const words = FILTER_CAP / 4;
  const filter = parseFilter('-zz '.repeat(words));
  assert.ok(filter.ok);
  let looks = 0;
  const texts = Array.from({ length: 200 }, () => {
    const one = name('a'.repeat(4096));
    return Object.defineProperty({ ...one }, 'name', {
      get: () => {
        looks++;
        return one.name;
      },
    });
  });
  assert.equal(matches(filter.value, device({ id: 7, names: texts }), asked), true);
  assert.equal(looks, words * texts.length);
});

test('R50: what a filter is read by takes each piece of it a few times at most, whatever is written there', () => {
  const pieces = ['"\\', '0:', 'a:', '[{(', '-', '" ', '\\"', 'f.:', 'name:', 'a,'];
  for (const text of [...HOSTILE, ...pieces.map((piece) => piece.repeat(FILTER_CAP).slice(0, FILTER_CAP))]) {
    const began = process.cpuUsage();
    parseFilter(text);
    const { user } = process.cpuUsage(began);
    assert.ok(user < 500_000, `${JSON.stringify(text.slice(0, 10))} took ${user} us: thousands of times what it should`);
  }
});

test('R50: a pattern in a filter or in a device is plain text', () => {
  const filter = parseFilter('name:"(a+)+$"');
  assert.ok(filter.ok);
  const named = (text: string) => device({ id: 7, names: [name(text)] });
  assert.equal(matches(filter.value, named('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'), asked), false);
  assert.equal(matches(filter.value, named('x (a+)+$ y'), asked), true);
});
