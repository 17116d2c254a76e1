import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import type { Device, DeviceType, Presence } from '../core/index.ts';
import { comparePeople, isCarried, presenceOfAll, tellingDevices } from './people.ts';

const nobodyKnows = (): null => null;
const of = (id: number, presence: Presence, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], presence, owner: 'anna', ...fields });

/** What is told when these devices become those, each by its place. */
function told(before: readonly Device[], after: readonly Device[], typeOf: (one: Device) => DeviceType | null = nobodyKnows) {
  const touched = after.map((one, i) => ({ before: before[i] ?? null, after: one }));
  return comparePeople({ before: rollWith(...before), after: rollWith(...after), touched, typeOf });
}
const kinds = (...sides: Parameters<typeof told>): string[] => told(...sides).map(({ kind, after }) => `${kind} ${after?.['name']}`);

test('a person comes home with the first device they carry and leaves with the last', () => {
  const [phone, watch] = [(is: Presence) => of(1, is, { type: 'phone' }), (is: Presence) => of(2, is, { type: 'watch' })];
  assert.deepEqual(kinds([phone('away'), watch('away')], [phone('present'), watch('away')]), ['person.arrived anna']);
  assert.deepEqual(kinds([phone('present'), watch('away')], [phone('present'), watch('present')]), []);
  assert.deepEqual(kinds([phone('present'), watch('present')], [phone('away'), watch('present')]), []);
  assert.deepEqual(kinds([phone('away'), watch('present')], [phone('away'), watch('away')]), ['person.left anna']);
});

test('what stays at home says nothing of its owner, unless they own nothing else or say so', () => {
  const [phone, desktop] = [of(1, 'away', { type: 'phone' }), (is: Presence) => of(2, is, { type: 'desktop' })];
  assert.deepEqual(kinds([phone, desktop('away')], [phone, desktop('present')]), []);
  assert.deepEqual(kinds([desktop('away')], [desktop('present')]), ['person.arrived anna']);
  const carried = (is: Presence) => of(2, is, { type: 'desktop', carried: true });
  assert.deepEqual(kinds([phone, carried('away')], [phone, carried('present')]), ['person.arrived anna']);
  assert.equal(isCarried(of(1, 'away', { type: 'phone', carried: false }), nobodyKnows), false);
  assert.equal(
    isCarried(of(1, 'away'), () => 'tablet'),
    true,
  );
  assert.deepEqual(tellingDevices([], nobodyKnows), []);
});

test('learning is no arrival: a new device, a new owner, and one of whom nobody knew', () => {
  assert.deepEqual(kinds([], [of(1, 'present')]), []);
  assert.deepEqual(kinds([of(1, 'unknown')], [of(1, 'present')]), []);
  assert.deepEqual(kinds([of(1, 'unknown')], [of(1, 'away')]), ['person.left anna']);
  assert.deepEqual(kinds([of(1, 'present', { owner: null })], [of(1, 'present')]), []);
});

test('of a group the first to come and the last to go are told, with who it was', () => {
  const kid = (id: number, is: Presence) => of(id, is, { owner: null, groups: ['kids'] });
  const [first] = told([kid(1, 'away'), kid(2, 'away')], [kid(1, 'away'), kid(2, 'present')]);
  assert.deepEqual(
    [first?.kind, first?.after],
    ['group.first-arrived', { name: 'kids', device: { id: 2, name: null }, text: '10.0.0.2 (#2) is here' }],
  );
  assert.deepEqual(kinds([kid(1, 'away'), kid(2, 'present')], [kid(1, 'present'), kid(2, 'present')]), []);
  assert.deepEqual(kinds([kid(1, 'away'), kid(2, 'present')], [kid(1, 'away'), kid(2, 'away')]), ['group.last-left kids']);
});

test('people are told apart to the letter, whatever they are called', () => {
  for (const owner of ['__proto__', 'Anna', 'anna', '\u202eanna', 'x'.repeat(64)])
    assert.deepEqual(
      kinds(
        [of(1, 'away', { owner }), of(2, 'present', { owner: `${owner}.` })],
        [of(1, 'present', { owner }), of(2, 'present', { owner: `${owner}.` })],
      ),
      [`person.arrived ${owner}`],
    );
});

test('nobody is at home or away of whom nothing is owned', () => {
  assert.equal(presenceOfAll([]), 'unknown');
  assert.equal(presenceOfAll([of(1, 'away'), of(2, 'unknown')]), 'unknown');
});
