import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS } from './change.ts';
import { orFault } from './fault.ts';
import { inKindOrder, readKindPattern } from './kind-patterns.ts';

test('a kind is itself, a family all of its kinds, a star all there are', () => {
  assert.deepEqual(orFault(readKindPattern('device.left')), ['device.left']);
  assert.deepEqual(orFault(readKindPattern('vantage.*')), ['vantage.blind', 'vantage.restored', 'vantage.changed']);
  assert.deepEqual(orFault(readKindPattern('*')), CHANGE_KINDS);
  for (const kind of CHANGE_KINDS) assert.deepEqual(orFault(readKindPattern(kind)), [kind]);
});

test('what is no kind gets the nearest one, or an example', () => {
  const remedyOf = (text: string): string => {
    const read = readKindPattern(text);
    assert.ok(!read.ok, text);
    assert.ok(read.reason.startsWith(JSON.stringify(text.slice(0, 40)).slice(0, 30)), read.reason);
    return read.remedy;
  };
  assert.equal(remedyOf('device.apeared'), 'did you mean "device.appeared"?');
  assert.equal(remedyOf('devices.*'), 'did you mean "device.*"?');
  for (const text of [
    '',
    '.',
    '*.*',
    'device',
    'device.',
    'device.*.*',
    '.*',
    'device.left.',
    'DEVICE.LEFT',
    'toString',
    '__proto__.*',
    'x'.repeat(10_000),
  ])
    assert.ok(remedyOf(text).length > 0);
});

test('kinds come out each once, in the order of the list', () => {
  assert.deepEqual(inKindOrder(['port.opened', 'device.left', 'port.opened']), ['device.left', 'port.opened']);
});
