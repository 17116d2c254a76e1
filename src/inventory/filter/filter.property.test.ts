import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../../test/make/arbitraries.ts';
import { AT, device, mac, name, port } from '../../../test/make/device.ts';
import { untrusted } from '../../core/index.ts';
import { matches } from './filter.ts';
import { formatFilter } from './format-filter.ts';
import { FILTER_KEYS } from './keys.ts';
import { parseFilter } from './parse-filter.ts';

const asked = { now: AT, typeOf: () => null };
const piece = fc.oneof(
  fc.constantFrom(
    ...FILTER_KEYS.map((key) => `${key}:`),
    '-',
    ',',
    '"',
    ' ',
    '\\',
    ':',
    '*',
    'away',
    '7d',
    '>1h',
    '10.0.0.0/8',
    'udp/53',
    'yes',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
);

test('no text makes it throw, and what it refuses it refuses in words', () => {
  fc.assert(
    fc.property(anyText, anyDevice, (text, one) => {
      const read = parseFilter(text);
      if (read.ok) assert.equal(typeof matches(read.value, one, asked), 'boolean');
      else assert.ok(read.reason.startsWith('reading filter: ') && read.remedy.length > 0);
    }),
    { numRuns: 2000 },
  );
});

const value = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }));
const values = fc.array(value, { minLength: 1, maxLength: 3 });
const term = fc.record({
  negated: fc.boolean(),
  key: fc.constantFrom(null, 'group', 'tag', 'owner', 'name', 'vendor', 'os', 'service'),
  values,
});

test('a filter written down is read back as the same', () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
      const read = parseFilter(formatFilter({ terms }));
      assert.ok(read.ok, read.ok ? '' : read.reason);
      assert.deepEqual(
        read.value.terms,
        terms.map((one) => ({ ...one })),
      );
    }),
    { numRuns: 1000 },
  );
});

test('a negated word fits exactly what the word does not', () => {
  fc.assert(
    fc.property(term, anyDevice, (one, subject) => {
      const fits = [true, false].map((negated) => {
        const read = parseFilter(formatFilter({ terms: [{ ...one, negated }] }));
        assert.ok(read.ok);
        return matches(read.value, subject, asked);
      });
      assert.notEqual(fits[0], fits[1]);
    }),
  );
});

test('a long filter chooses exactly those of many that fit each of its words', () => {
  const devices = Array.from({ length: 1000 }, (_, id) =>
    device({
      id,
      at: [`10.0.${id >> 8}.${id & 255}`],
      groups: id % 10 === 0 ? [] : ['iot'],
      tags: id % 4 === 0 ? ['ok'] : [],
      names: [name(`camera-${id}`), name(`kitchen-${id}.lan`)],
      macs: [{ mac: mac(id), vendor: untrusted('Reolink Innovation Limited') }],
      ports: [port(22), port(443)],
    }),
  );
  const read = parseFilter('group:iot presence:present port:443 vendor:reolink new:7d ip:10.0.0.0/8 -tag:ok kitchen');
  assert.ok(read.ok);
  const found = devices.filter((one) => matches(read.value, one, asked)).map(({ id }) => id);
  assert.deepEqual(
    found,
    devices.map(({ id }) => id).filter((id) => id % 10 !== 0 && id % 4 !== 0),
  );
});
