import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countAddresses, formatRange, mergeRanges, parseAddress, rangesHold } from '../core/index.ts';
import { AddressDraft } from './address-draft.ts';

function draftOf(addresses: readonly string[]): AddressDraft {
  const draft = new AddressDraft();
  for (const address of addresses) draft.add(address);
  return draft;
}

test('addresses that follow each other are one range, and what is no address is none', () => {
  const { ranges } = draftOf(['10.0.0.1', '10.0.0.2', '', '02:00:5E:00:53:01', '10.0.0.3', '10.0.0.5', '::', '::1', '0.0.0.2', '10.0.0.4']);
  assert.deepEqual(ranges.map(formatRange), ['10.0.0.1-10.0.0.3', '10.0.0.5', '::/127', '0.0.0.2', '10.0.0.4']);
});

test('the ranges hold all that was added and nothing else (property)', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 })), (bytes) => {
      const addresses = bytes.map((byte) => `10.0.0.${byte}`);
      const ranges = mergeRanges(draftOf(addresses).ranges);
      for (const address of addresses) assert.ok(rangesHold(ranges, parseAddress(address) ?? { family: 6, value: 0n }));
      assert.equal(countAddresses(ranges), BigInt(new Set(addresses).size));
    }),
  );
});
