import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, seen } from '../../test/make/device.ts';
import { belief, look, told } from '../../test/make/view.ts';

const missing = look([seen('10.0.0.2')], { at: AT + HOUR });
const believed = (lastSeen: number, at: number) => belief([device({ lastSeen }), device({ id: 2, at: ['10.0.0.2'] })], { at });

test('who was believed to be there still when a scan missed it, and was not seen since, is neither new nor gone', () => {
  const now = believed(AT, AT + 2 * HOUR);
  assert.deepEqual(told(missing, now), ['10.0.0.1: b nobody has seen it since the other side missed it']);
  assert.deepEqual(told(now, missing), ['10.0.0.1: a nobody has seen it since the other side missed it']);
  assert.deepEqual(told(missing, believed(AT, AT + HOUR)), ['10.0.0.1: b nobody has seen it since the other side missed it']);
});

test('who was seen after a scan had missed it is new; who was there before one that missed it is gone', () => {
  assert.deepEqual(told(missing, believed(AT + 2 * HOUR, AT + 3 * HOUR)), ['10.0.0.1: device.appeared']);
  assert.deepEqual(told(believed(AT, AT), missing), ['10.0.0.1: device.left']);
  assert.deepEqual(told(look([seen('10.0.0.1'), seen('10.0.0.2')], { at: AT }), missing), ['10.0.0.1: device.left']);
});

test('where a side does not say when it was, its scan counts as it is', () => {
  const undated = look([seen('10.0.0.2')], { at: null });
  assert.deepEqual(told(undated, believed(AT, AT + 2 * HOUR)), ['10.0.0.1: device.appeared']);
});
