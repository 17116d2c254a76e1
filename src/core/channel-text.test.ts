import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readChannelText } from './channel-text.ts';
import { channelOf } from './rule-of.ts';

const faultsOf = (fields: Record<string, unknown>): string[] => {
  const read = readChannelText({ name: 'phone', kind: 'ntfy', ...fields });
  return read.ok ? [] : read.faults.map(({ path, reason, remedy }) => `${path.join('.')}: ${reason} (${remedy})`);
};

describe('a channel as a person writes it', () => {
  test('needs a name and a kind; options are of the kind and stay as they are', () => {
    const options = { url: 'https://ntfy.example', tags: ['a', 'b'], nested: { deep: [1, true, null] } };
    const read = readChannelText({ name: 'phone', kind: 'ntfy', options, quiet: ['22:00-07:00'], ceiling: 0, ttl: '1h', fallback: 'mail' });
    assert.ok(read.ok);
    assert.deepEqual(channelOf(read.draft, 'config', 5), {
      name: 'phone',
      kind: 'ntfy',
      options,
      usual: true,
      quiet: [{ text: '22:00-07:00', days: [1, 2, 3, 4, 5, 6, 7], from: 1320, to: 420 }],
      ceiling: 0,
      ttl: 3_600_000,
      fallback: 'mail',
      source: 'config',
    });
    const bare = readChannelText({ name: 'phone', kind: 'ntfy' });
    assert.deepEqual(bare, { ok: true, draft: { name: 'phone', kind: 'ntfy', options: {} } });
  });

  test('everything wrong with it is told at once', () => {
    const wrong = { name: '-x', kind: 'No Kind', usual: 0, quiet: 'night', ceiling: 1.5, ttl: '1s', fallback: 'A' };
    assert.deepEqual(faultsOf(wrong), [
      'name: "-x" is not a name for a channel (write up to 60 letters a-z, digits and dashes between them, like "phone")',
      'kind: "No Kind" is not a kind of channel (write one that `rollcall channel kinds` lists, like "ntfy")',
      'usual: 0 is neither true nor false (write true or false, without quotes)',
      'quiet: "night" is not a list (write quiet = ["22:00-07:00"])',
      'ceiling: 1.5 is no number of messages (write a whole number from 1 to 1000, like 3, or 0 to lift it)',
      'ttl: "1s" is shorter than 60 s (write a longer time, like "3d")',
      'fallback: "A" is not a name for a channel (write up to 60 letters a-z, digits and dashes between them, like "mail")',
    ]);
    assert.deepEqual(faultsOf({ fallback: 'phone' }), ['fallback: "phone" is this channel itself (name another channel, or leave it out)']);
  });

  test('S24: what is wrong with an option never shows its value', () => {
    class Hunter {
      readonly secret = 'hunter2';
    }
    const deep = { a: { b: { c: { d: { e: { f: { g: { h: { i: 'hunter2' } } } } } } } } };
    for (const value of [
      new Date(0),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      7n,
      () => 'hunter2',
      new Hunter(),
      [new Date(0)],
      deep,
      undefined,
    ]) {
      const [fault = '', ...more] = faultsOf({ options: { url: 'https://hunter2@x', token: value } });
      assert.match(fault, /^options\.token: its value is of no use here/);
      assert.doesNotMatch(fault, /hunter2|1970|NaN|Infinity/);
      assert.equal(more.length, 0);
    }
    for (const options of [null, 'hunter2', ['hunter2'], 7])
      assert.match(faultsOf({ options })[0] ?? 'taken', /^options: they are no table \(write/);
  });

  test('whatever is written, it is read or blamed, and never throws; what is read can be written down', () => {
    const keys = fc.constantFrom('name', 'kind', 'options', 'usual', 'quiet', 'ceiling', 'ttl', 'fallback');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), fc.dictionary(fc.string(), fc.anything()), (fields, options) => {
        for (const written of [fields, { name: 'a', kind: 'b', options }]) {
          const read = readChannelText(written);
          if (read.ok) assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(read.draft.options))), Object.keys(read.draft.options));
        }
      }),
    );
  });
});
