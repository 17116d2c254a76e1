import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../../test/make/arbitraries.ts';
import { AT, device, mac, name, port, service } from '../../../test/make/device.ts';
import { type Device, untrusted } from '../../core/index.ts';
import { completeFilter, type Known } from './complete.ts';
import { matches } from './filter.ts';
import { KEY_WORDS } from './key-words.ts';
import { FILTER_KEYS } from './keys.ts';
import { knownValues } from './known-values.ts';
import { FILTER_CAP, parseFilter, wrongIn } from './parse-filter.ts';

const typeOf = (one: Device) => one.labels.type;
const asked = { now: AT, typeOf, standing: { approved: new Set<number>(), drifting: new Set<number>() } };
const knownOf =
  (devices: readonly Device[]): Known =>
  (key) =>
    knownValues(key, devices, typeOf);

const HOSTILE = [
  '"',
  '\\',
  'a "b\\',
  '-x',
  '*',
  'a,b',
  'tag:x',
  '(group:y',
  '--',
  'OR',
  'x=1',
  '<img src=x onerror=alert(1)>',
  '\u202eevil',
  ' ',
];
const said = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }));
const text = said.map((one) => untrusted(one)).filter((one) => one !== '');

const labelled = fc
  .record({ group: text, tag: text, owner: text, alias: text, found: text, vendor: text, product: text, os: text })
  .map((one) =>
    device({
      id: 7,
      alias: one.alias,
      owner: one.owner,
      groups: [one.group],
      tags: [one.tag],
      os: one.os,
      macs: [{ mac: mac(7), vendor: one.vendor }],
      names: [name(one.found)],
      ports: [port(443, 'open', service(one.product))],
    }),
  );

test('S5: whatever a device is called, what is chosen of it is a filter that can be read and means that device', () => {
  fc.assert(
    fc.property(fc.oneof(labelled, anyDevice), fc.constantFrom('', '-', 'new:>1h ', '"a b" -'), (one, before) => {
      for (const key of FILTER_KEYS) {
        const typed = `${before}${key}:`;
        const { from, to, choices } = completeFilter(typed, typed.length, knownOf([one]));
        for (const { insert, count } of choices) {
          const filter = parseFilter(`${typed.slice(0, from)}${insert}${typed.slice(to)}`.slice(before.length));
          assert.ok(filter.ok, `${key}:${insert}`);
          if (count === 1) assert.ok(matches(filter.value, one, asked), `${key}:${insert}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a choice of a bare word means the device that is called so', () => {
  fc.assert(
    fc.property(labelled, (one) => {
      const typed = [...(one.labels.alias ?? '')][0] ?? '';
      for (const { insert, count } of completeFilter(typed, typed.length, knownOf([one])).choices) {
        if (count === null) continue;
        const filter = parseFilter(insert);
        assert.ok(filter.ok && matches(filter.value, one, asked), insert);
      }
    }),
    { numRuns: 300 },
  );
});

test('wherever the cursor stands in whatever text, what is replaced lies in the text and the rest stays', () => {
  const piece = fc.constantFrom('group:', '"', ' ', ',', '-', 'x', '\\', 'nokey:', 'port:2');
  const typed = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(typed, fc.nat(50), (one, cursor) => {
      const { from, to, choices } = completeFilter(one, cursor, knownOf([device({ id: 7, groups: ['x y'] })]));
      assert.ok(from <= to && to <= Math.max(one.length, cursor));
      for (const { insert } of choices) assert.ok(one.length - (to - from) + insert.length <= FILTER_CAP);
      const wrong = wrongIn(one);
      assert.equal(wrong === null, parseFilter(one).ok);
      if (wrong) assert.ok(wrong.from <= wrong.to && wrong.to <= one.length);
    }),
    { numRuns: 2000 },
  );
});

test('every key of the language has a line that says what it asks', () => {
  assert.deepEqual(Object.keys(KEY_WORDS).sort(), [...FILTER_KEYS].sort());
});
