import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, MINUTE } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import type { Change, ChangeDraft, ChangeKind } from '../core/index.ts';
import { dampFlapping, type FlapState, NOBODY_FLAPS, recallFlapping, settle } from './flapping.ts';

const roll = rollWith(device({ id: 1 }), device({ id: 2, presence: 'away' }));
const draft = (kind: ChangeKind, id = 1): ChangeDraft => ({
  kind,
  device: id,
  before: null,
  after: { presence: kind === 'device.left' ? 'away' : 'present' },
});
const turn = (nth: number): ChangeKind => (nth % 2 === 0 ? 'device.left' : 'device.returned');

/** Plays kinds at minutes; gives what was told, with its minute. */
function played(turns: readonly (readonly [minute: number, ...kinds: ChangeKind[]])[], from: FlapState = NOBODY_FLAPS): string[] {
  let state = from;
  return turns.flatMap(([minute, ...kinds]) => {
    const damped = dampFlapping({ state, drafts: kinds.map((kind) => draft(kind)), at: AT + minute * MINUTE, roll });
    state = damped.state;
    return damped.drafts.map(({ kind }) => `${minute} ${kind.replace('device.', '')}`);
  });
}

test('R38: a device that is up and down every two minutes is one flapping and one stable', () => {
  const episode = Array.from({ length: 120 }, (_, nth) => [nth * 2, turn(nth)] as const);
  const told = played([...episode, [297], [298], [400]]);
  assert.deepEqual(told, ['0 left', '2 returned', '4 left', '6 flapping', '298 stable']);
});

test('three comings and goings within an hour are told, and as many in the next', () => {
  assert.deepEqual(
    played([
      [0, turn(0)],
      [20, turn(1)],
      [40, turn(2)],
      [60, turn(3)],
      [90, turn(4)],
    ]).length,
    5,
  );
});

test('what else befalls a flapping device is told', () => {
  const flapping = [0, 1, 2, 3].map((nth) => [nth, turn(nth)] as const);
  assert.deepEqual(played([...flapping, [5, 'port.opened', 'device.left', 'device.readdressed']]).slice(-2), [
    '5 port.opened',
    '5 readdressed',
  ]);
});

test('stable says where the device stands, how much was held back, and since when', () => {
  const flapping = new Map([[2, { turns: [AT], heldSince: AT - HOUR, held: 17 }]]);
  const { drafts, state } = settle({ state: flapping, at: AT + HOUR, roll });
  assert.equal(state.size, 0);
  assert.deepEqual(drafts, [
    {
      kind: 'device.stable',
      device: 2,
      before: null,
      after: {
        presence: 'away',
        addresses: ['10.0.0.1'],
        held: 17,
        since: new Date(AT - HOUR).toISOString(),
        text: 'stable for 60 minutes: away; 17 comings and goings were held back',
      },
    },
  ]);
  assert.deepEqual(settle({ state: flapping, at: AT + HOUR - 1, roll }), { state: flapping, drafts: [] });
});

test('a forgotten device is dropped in silence, and a clock set back keeps nobody flapping for ever', () => {
  const flapping = new Map([[9, { turns: [AT], heldSince: AT, held: 1 }]]);
  assert.deepEqual(settle({ state: flapping, at: AT + HOUR, roll }), { state: new Map(), drafts: [] });
  const back = settle({ state: new Map([[1, { turns: [AT], heldSince: AT, held: 1 }]]), at: AT - 5 * HOUR, roll });
  assert.equal(back.drafts.length, 1);
});

test('a new daemon goes on where the last one stopped', () => {
  const past = (kind: ChangeKind, minute: number): Pick<Change, 'kind' | 'device' | 'at'> => ({
    kind,
    device: 1,
    at: AT + minute * MINUTE,
  });
  const two = recallFlapping([past('device.left', -180), past('device.left', -20), past('device.returned', -10)], AT);
  assert.deepEqual(
    played(
      [
        [1, 'device.left'],
        [2, 'device.returned'],
      ],
      two,
    ),
    ['1 left', '2 flapping'],
  );
  const flapping = recallFlapping([past('device.left', -20), past('device.flapping', -600)], AT);
  assert.deepEqual(played([[1, 'device.left'], [50], [61]], flapping), ['61 stable']);
  assert.equal(recallFlapping([past('device.flapping', -20), past('device.stable', -5)], AT).size, 0);
});
