import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatPortLists, listsHold, parsePlace, parsePortLists, placeText } from './port-lists.ts';
import type { Protocol } from './ports.ts';

test('ports are written as people write them, TCP without a word', () => {
  for (const [text, canonical] of [
    ['80,443', '80,443'],
    ['443, 80', '80,443'],
    ['23/tcp', '23'],
    ['tcp/22,udp/53', '22,53/udp'],
    ['1-1024,500/UDP,4500/udp', '1-1024,500/udp,4500/udp'],
    ['80,81,82', '80-82'],
    ['none', 'none'],
  ] as const) {
    const read = parsePortLists(text);
    assert.ok(read.ok, text);
    assert.equal(formatPortLists(read.value), canonical);
  }
});

test('what is no port is named', () => {
  for (const text of ['', '80,', 'http', '70000', '5-3', 'tcp/22/tcp', '-1', '80;443', '80/icmp', '1'.repeat(100)]) {
    const read = parsePortLists(text);
    assert.ok(!read.ok, text);
    assert.match(read.reason, /reading ports .* is no port/);
  }
  for (const text of ['', '70000', '22/tcp/tcp', '22-23', 'ssh', '٢٢']) assert.ok(!parsePlace(text).ok, text);
});

test('what is written is read back', () => {
  const protocol = fc.constantFrom<Protocol>('tcp', 'udp', 'sctp');
  const place = fc.record({ protocol, port: fc.integer({ min: 0, max: 65_535 }) }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
      const read = parsePortLists(places.map(placeText).join(','));
      assert.ok(read.ok);
      assert.ok(places.every((one) => listsHold(read.value, one)));
      assert.deepEqual(parsePortLists(formatPortLists(read.value)), read);
      for (const one of places) assert.deepEqual(parsePlace(placeText(one)), { ok: true, value: one });
    }),
  );
});
