import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, MINUTE, mac } from '../../../test/make/device.ts';
import { rollWith } from '../../../test/make/story.ts';
import { combined } from './combine.ts';
import { pastOfRecord } from './from-records.ts';
import { graft } from './graft.ts';
import { matchPasts } from './match.ts';
import type { PastDevice } from './past-device.ts';

const HOUR = 60 * MINUTE;

/** Somebody who was there for an hour, so long ago. */
function past(fields: { card?: string; address?: string; ago?: number } = {}): PastDevice {
  const { card = mac(1), address = '10.0.0.1', ago = 100 * HOUR } = fields;
  const session = { presence: 'present' as const, from: AT - ago, to: AT - ago + HOUR, address };
  const made = pastOfRecord({ mac: card, vendor: null, names: [], said: {}, sessions: [session] });
  assert.ok(made);
  return made;
}

const nameless = (address: string): PastDevice => ({ ...past({ address }), macs: [], facts: [] });
const owners = (roll: Parameters<typeof matchPasts>[0], ...pasts: PastDevice[]): (number | null)[] =>
  matchPasts(roll, pasts).map(({ device: owner }) => owner?.id ?? null);

test('by hardware address, also a made-up one; a stranger is nobody yet', () => {
  const roll = rollWith(device({ id: 3, macs: [{ mac: mac(1), vendor: null }] }));
  assert.deepEqual(owners(roll, past()), [3]);
  assert.deepEqual(owners(roll, past({ card: 'da:a1:19:00:00:01' })), [null]);
});

test('a device that was merged into another has its past there', () => {
  const [whole, part] = [device({ id: 1, macs: [] }), device({ id: 2, macs: [{ mac: mac(2), vendor: null }], mergedInto: 1 })];
  assert.deepEqual(owners(rollWith(whole, part), past({ card: mac(2) })), [1]);
});

test('without a hardware address it is whoever is known at its last address', () => {
  const roll = rollWith(device({ id: 4, at: ['10.0.0.7'], macs: [] }));
  assert.deepEqual(owners(roll, nameless('10.0.0.7')), [4]);
  assert.deepEqual(owners(roll, nameless('10.0.0.8')), [null]);
});

test('an old record gives nobody a hardware address that it does not have now', () => {
  const roll = rollWith(device({ id: 4, at: ['10.0.0.7'], macs: [] }));
  assert.deepEqual(owners(roll, past({ address: '10.0.0.7' })), [null]);
});

test('two pasts of one device become one, and so do those of two programs', () => {
  const both = rollWith(
    device({
      id: 5,
      macs: [
        { mac: mac(1), vendor: null },
        { mac: mac(2), vendor: null },
      ],
    }),
  );
  const matched = matchPasts(both, [past(), past({ card: mac(2), ago: 50 * HOUR })]);
  assert.deepEqual(
    matched.map(({ device: owner, past: { presence } }) => [owner?.id, presence.length]),
    [[5, 2]],
  );
  const [one, ...none] = combined([past(), past({ ago: 99.5 * HOUR }), past({ card: mac(3) })]);
  assert.deepEqual([one?.presence, none.length], [[{ value: 'present', from: AT - 100 * HOUR, to: AT - 98.5 * HOUR + 1000 }], 1]);
});

test('grafted onto a device that we watch, a past adds what was before and leaves the device as it is', () => {
  const watched = device({ id: 6, macs: [{ mac: mac(1), vendor: null }], firstSeen: AT });
  const spans = [{ device: 6, kind: 'presence' as const, key: '', value: 'present', from: AT, to: null, openedBy: 1, closedBy: null }];
  const { after, delta, sessions } = graft(
    { past: past(), device: watched },
    { spans, watchedFrom: AT },
    { id: 6, site: 'home', at: AT + HOUR },
  );
  assert.deepEqual(after, { ...watched, firstSeen: AT - 100 * HOUR });
  assert.deepEqual([delta?.close, delta?.open, sessions], [[], [], 1]);
  assert.deepEqual(
    delta?.past?.map(({ fact: { kind }, to }) => [kind, to <= AT]),
    [
      ['mac', true],
      ['address', true],
      ['presence', true],
    ],
  );
});

test('grafted where nobody is, it is a device that is away, with its history open to the end', () => {
  const { before, after, delta } = graft({ past: past(), device: null }, { spans: [], watchedFrom: null }, { id: 9, site: 'home', at: AT });
  assert.deepEqual([before, after.presence, after.firstSeen, after.lastSeen], [null, 'away', AT - 100 * HOUR, AT - 99 * HOUR]);
  assert.deepEqual(
    delta?.open.map(({ kind, from }) => [kind, from ?? null]),
    [
      ['presence', null],
      ['mac', AT - 100 * HOUR],
      ['address', AT - 100 * HOUR],
    ],
  );
});
