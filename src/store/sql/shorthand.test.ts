import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lengthen, shorten } from './shorthand.ts';

test('any JSON comes back from its shorthand as it was, whatever the network put into it', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u0001', '{"presence":"away","lastSeen":"', '\\u0001', '"]}'));
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.oneof(fc.jsonValue(), hostile)), (side) => {
      const json = JSON.stringify(side);
      assert.equal(lengthen(shorten(json)), json);
    }),
  );
});

test('a departure takes less than half of its JSON', () => {
  const sides = ['{"presence":"present","lastSeen":"2026-11-21T08:26:00.000Z"}', '{"presence":"away","addresses":["10.0.0.30"]}'];
  assert.ok(sides.map(shorten).join('').length < sides.join('').length / 2);
});

test('the characters that stand for phrases never move: stores are full of them', () => {
  const kept = '\u0014a\u0016b\u0018\u0019]}|\u0003c\u001d|\u00092\u000b|\u000a3\u000ed\u001d}';
  assert.equal(
    lengthen(kept),
    [
      '{"name":null,"macs":["a"],"addresses":["b"],"vendor":null,"randomizedMac":false,"ports":[]}',
      '{"presence":"present","lastSeen":"c"}',
      '{"protocol":"tcp","port":2,"state":"open","service":null}',
      '{"protocol":"udp","port":3,"state":"open","service":{"name":"d"}}',
    ].join('|'),
  );
});
