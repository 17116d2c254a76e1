import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, MINUTE } from '../../test/make/device.ts';
import type { ChangeDraft, Device, Presence } from '../core/index.ts';
import { type FlapState, NOBODY_FLAPS } from './flapping.ts';
import { groupsOf, peopleOf } from './people.ts';
import { comparePeople } from './people-changes.ts';
import { rollOf } from './roll.ts';

const typeOf = (one: Device) => one.labels.type;
const is = (presence: Presence, fields: Parameters<typeof device>[0] = {}) => device({ owner: 'Anna', presence, ...fields });
const whereabouts = (...devices: Device[]) => peopleOf(devices, typeOf).map(({ name, is: where }) => `${name} ${where}`);

test('a person is home when something they carry is here, whatever stays at home', () => {
  const phone = { id: 1, type: 'phone' as const };
  const laptop = { id: 2, type: 'laptop' as const };
  assert.deepEqual(whereabouts(is('present', phone), is('away', laptop)), ['Anna home']);
  assert.deepEqual(whereabouts(is('away', phone), is('present', laptop)), ['Anna away']);
  assert.deepEqual(whereabouts(is('unknown', phone), is('present', laptop)), ['Anna unknown']);
  assert.deepEqual(whereabouts(is('away', phone), is('present', { ...laptop, carried: true })), ['Anna home']);
  assert.deepEqual(whereabouts(is('present', { ...phone, carried: false }), is('away', { id: 3, type: 'watch' })), ['Anna away']);
  assert.deepEqual(whereabouts(is('present', laptop), is('away', { id: 3 })), ['Anna home'], 'who carries nothing is where any device is');
});

test('two people whose names differ in case, and one called __proto__, are people like others', () => {
  const owners = ['anna', 'Anna', '__proto__', 'constructor', '\u{1f600}', 'x'.repeat(300)];
  const devices = owners.map((owner, id) => device({ id, owner, groups: [owner] }));
  assert.deepEqual(
    peopleOf(devices, typeOf).map(({ name }) => name),
    owners.toSorted(),
  );
  assert.deepEqual(
    groupsOf(devices).map(({ name }) => name),
    owners.toSorted(),
  );
  assert.deepEqual(Object.keys({}), []);
});

/** What is told when devices change from one presence to the other. */
function told(...steps: readonly { one: Device; to: Presence; lastSeen?: number }[]): ChangeDraft[] {
  const flapping = { before: NOBODY_FLAPS, after: NOBODY_FLAPS };
  const before = rollOf(
    'home',
    steps.map(({ one }) => one),
    9,
  );
  const pairs = steps.map(({ one, to, lastSeen = AT }) => ({
    before: one,
    after: one.presence === to ? one : { ...one, presence: to, lastSeen },
  }));
  const touched = pairs.filter((pair) => pair.before !== pair.after).map((pair) => ({ ...pair, reason: null }));
  return comparePeople({
    before,
    after: rollOf(
      'home',
      pairs.map(({ after }) => after),
      9,
    ),
    touched: touched.map(({ after }) => after.id),
    typeOf,
    flapping,
  });
}
const kinds = (drafts: readonly ChangeDraft[]) => drafts.map(({ kind, after }) => `${kind} ${String(after?.['name'])}`);

test('who was away and is here now has arrived, with the device that tells', () => {
  const drafts = told({ one: is('away', { id: 7, type: 'phone', alias: 'annas-phone' }), to: 'present' });
  assert.deepEqual(drafts, [
    {
      kind: 'person.arrived',
      device: null,
      before: { is: 'away' },
      after: { name: 'Anna', device: { id: 7, name: 'annas-phone' }, text: 'came home with annas-phone (#7)' },
    },
  ]);
});

test('from unknown to home nobody arrives; from unknown to away somebody left', () => {
  assert.deepEqual(told({ one: is('unknown', { type: 'phone' }), to: 'present' }), []);
  assert.deepEqual(kinds(told({ one: is('unknown', { type: 'phone' }), to: 'away' })), ['person.left Anna']);
  assert.deepEqual(told({ one: is('present', { type: 'phone' }), to: 'unknown' }), []);
});

test('a second carried device neither arrives nor leaves for its owner', () => {
  const phone = is('present', { id: 1, type: 'phone' });
  const watch = is('present', { id: 2, type: 'watch' });
  assert.deepEqual(told({ one: phone, to: 'present' }, { one: watch, to: 'away' }), []);
  assert.deepEqual(told({ one: phone, to: 'present' }, { one: { ...watch, presence: 'away' }, to: 'present' }), []);
  assert.deepEqual(kinds(told({ one: phone, to: 'away' }, { one: watch, to: 'away' })), ['person.left Anna']);
});

test('of a group the first to come and the last to go are told, the one seen last by name', () => {
  const a = device({ id: 1, alias: 'a', groups: ['kids'], presence: 'present' });
  const b = device({ id: 2, alias: 'b', groups: ['kids', 'iot'], presence: 'present' });
  const left = told({ one: a, to: 'away', lastSeen: AT + MINUTE }, { one: b, to: 'away', lastSeen: AT });
  assert.deepEqual(kinds(left), ['group.last-left iot', 'group.last-left kids']);
  assert.deepEqual(left[1]?.after, {
    name: 'kids',
    device: { id: 1, name: 'a' },
    present: 0,
    members: 2,
    text: 'a (#1) was the last of it here, now 0 of 2',
  });
  const back = told({ one: { ...a, presence: 'away' }, to: 'present' }, { one: { ...b, presence: 'away' }, to: 'away' });
  assert.equal(back[0]?.after?.['text'], 'a (#1) is the first of it here, now 1 of 2');
  assert.deepEqual(kinds(back), ['group.first-arrived kids']);
  assert.deepEqual(
    told({ one: a, to: 'present' }, { one: b, to: 'away' }).map(({ kind }) => kind),
    ['group.last-left'],
  );
});

test('R38: whose phone flaps does not come and go with it, and has left when it is stable and away', () => {
  const phone = is('present', { id: 7, type: 'phone' });
  const gone = { ...phone, presence: 'away' as const };
  const held: FlapState = new Map([[7, { turns: [AT], heldSince: AT, held: 1 }]]);
  const step = (before: Device, after: Device, flapping: { before: FlapState; after: FlapState }) =>
    kinds(
      comparePeople({
        before: rollOf('home', [before], 9),
        after: rollOf('home', [after], 9),
        touched: before === after ? [] : [after.id],
        typeOf,
        flapping,
      }),
    );
  assert.deepEqual(step(phone, gone, { before: NOBODY_FLAPS, after: held }), []);
  assert.deepEqual(step(gone, phone, { before: held, after: held }), []);
  assert.deepEqual(step(phone, gone, { before: held, after: held }), []);
  assert.deepEqual(step(gone, gone, { before: held, after: NOBODY_FLAPS }), ['person.left Anna']);
  assert.deepEqual(step(phone, phone, { before: held, after: NOBODY_FLAPS }), []);
  assert.deepEqual(step(gone, phone, { before: NOBODY_FLAPS, after: held }), ['person.arrived Anna']);
});

/** What is told when a person says something that makes these devices of those. */
function said(before: readonly Device[], after: readonly Device[]): string[] {
  const flapping = { before: NOBODY_FLAPS, after: NOBODY_FLAPS };
  const touched = [...before, ...after].map(({ id }) => id);
  const drafts = comparePeople({ before: rollOf('home', before, 9), after: rollOf('home', after, 9), touched, typeOf, flapping });
  return drafts.map(({ kind, after: side }) => `${kind} ${String(side?.['name'])} ${String(side?.['text'])}`);
}

test('who is home by what a person says, or no more, is told of as well', () => {
  const phone = is('present', { id: 1, type: 'phone', alias: 'phone', groups: ['kids'] });
  const tablet = is('away', { id: 2, type: 'tablet', alias: 'tablet' });
  assert.deepEqual(said([phone], []), [
    'person.left Anna is not home: phone (#1) is theirs no more',
    'group.last-left kids phone (#1), the last of it here, belongs to it no more, now 0 of 0',
  ]);
  const bobs = { ...phone, labels: { ...phone.labels, owner: 'Bob', groups: [] } };
  assert.deepEqual(said([phone, tablet], [bobs, tablet]), [
    'person.left Anna is not home: phone (#1) is theirs no more',
    'group.last-left kids phone (#1), the last of it here, belongs to it no more, now 0 of 0',
  ]);
  assert.deepEqual(said([bobs, tablet], [phone, tablet]), [
    'person.arrived Anna is home: phone (#1) is theirs now',
    'person.left Bob is not home: phone (#1) is theirs no more',
  ]);
  assert.deepEqual(said([phone], [{ ...phone, labels: { ...phone.labels, alias: 'other' } }]), [], 'another name moves nobody');
});
