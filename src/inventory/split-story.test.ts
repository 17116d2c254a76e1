import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, device, MINUTE, mac, seen } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import type { Device, Observation } from '../core/index.ts';
import { amend } from './amend.ts';
import { findConflicts } from './conflicts.ts';
import { NOTHING_TOLD, withTold } from './conflicts-told.ts';
import { mergeDevices } from './merge.ts';
import { splitDevice } from './merge-split.ts';

const one = (id: number): Device => device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }] });
/** Where the two are seen in a look: never both at one place; 0 is nowhere. */
const places = fc.tuple(fc.nat(4), fc.nat(4)).filter(([a, b]) => a !== b);
const look = ([a, b]: readonly [number, number], nameless = false): Observation[] =>
  [a, b].flatMap((place, i) => (place === 0 ? [] : [seen(`10.0.0.${place}`, nameless ? null : i + 1)]));

test('wherever two went while they passed for one: split again, one look sets both right, without conflict or departure', () => {
  const walk = fc.array(fc.tuple(places, fc.boolean()), { maxLength: 6 });
  const last = places.filter(([a, b]) => a > 0 && b > 0);
  fc.assert(
    fc.property(walk, last, fc.boolean(), (looks, [a, b], remembered) => {
      const start = rollWith(one(1), one(2));
      const story = new Story();
      story.roll = amend(start, mergeDevices(start, { keep: 1, absorb: [2] })).roll;
      looks.forEach(([at, nameless], minute) => void story.scan(minute + 1, look(at, nameless)));
      const memory = { before: start.devices, order: new Map() };
      const at = AT + 7 * MINUTE;
      const amendment = splitDevice(story.roll, { undo: 2, ...(remembered && { memory }) });
      story.roll = amend(story.roll, amendment).roll;
      let told = withTold(
        NOTHING_TOLD,
        amendment.changes.map((change, i) => ({ ...change, seq: i + 1, at, scan: 1 })),
      );
      for (const minute of [7, 8, 9]) {
        const observations = look([a, b]);
        const found = findConflicts({ roll: story.roll, observations, where: 'lan', gateways: [], told, at: AT + minute * MINUTE });
        told = found.told;
        assert.deepEqual(found.drafts, []);
        assert.deepEqual(
          story.at(minute, observations).filter((news) => news.startsWith('device.left')),
          [],
        );
        // Where nobody is any more, either may have been: that is kept for a while, as of any device.
        const both = [1, 2].map((id) => [a, b].filter((place) => story.places(id).split(' ').includes(`10.0.0.${place}`)));
        assert.deepEqual(both, [[a], [b]]);
      }
    }),
    { numRuns: 500 },
  );
});
