import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, MINUTE } from '../../test/make/device.ts';
import type { Device } from '../core/index.ts';
import { Standing, standingOf } from './standing.ts';

const view = (devices: readonly Device[]) => ({ site: 'home', at: AT, seq: 3, devices });
const [a, b, c] = [device({ id: 1 }), device({ id: 2 }), device({ id: 3, presence: 'away' })];

test('who is otherwise than a reader was told is told once, alike ones together', () => {
  const standing = new Standing(view([a, b, c]));
  assert.deepEqual(standing.catchUp(view([a, b, c])), []);
  const later = view([{ ...a, presence: 'unknown' }, { ...b, presence: 'unknown' }, c]);
  assert.deepEqual(standing.catchUp(later), [{ presence: 'unknown', lastSeen: new Date(AT).toISOString(), devices: [1, 2] }]);
  assert.deepEqual(standing.catchUp(later), []);
});

test('a mere sighting is told, and what a commit told is not told again', () => {
  const standing = new Standing(view([a, b, c]));
  const seen = { ...a, lastSeen: AT + MINUTE };
  const back = { ...c, presence: 'present' as const, lastSeen: AT + MINUTE };
  standing.note([back]);
  assert.deepEqual(standing.catchUp(view([seen, b, back])), [
    { presence: 'present', lastSeen: new Date(AT + MINUTE).toISOString(), devices: [1] },
  ]);
});

test('what a commit told and time took back is told, though the roll looks as before', () => {
  const before = view([a, b, c]);
  const standing = new Standing(before);
  standing.note([{ ...a, presence: 'away' }]);
  assert.deepEqual(
    standing.catchUp(before).map(({ devices }) => devices),
    [[1]],
  );
});

test('ten thousand devices of one sweep are one group', () => {
  const many = Array.from({ length: 10_000 }, (_, id) => device({ id }));
  assert.equal(standingOf(many).length, 1);
});
