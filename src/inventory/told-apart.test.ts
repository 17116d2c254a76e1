import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, mac, seen } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import type { Device } from '../core/index.ts';
import { amend } from './amend.ts';
import { mergeDevices } from './merge.ts';
import { splitDevice } from './merge-split.ts';

const card = (id: number, at: readonly string[], distinct: readonly number[] = []): Device =>
  device({ id, at, macs: [{ mac: mac(id), vendor: null }], distinct });

test('an address of two that were said apart is of the one that is seen there; of others it stays with both', () => {
  for (const [distinct, places] of [
    [[2], '10.0.0.1'],
    [[], '10.0.0.1 10.0.0.5'],
  ] as const) {
    const story = new Story(card(1, ['10.0.0.1', '10.0.0.5'], distinct), card(2, ['10.0.0.5']));
    story.at(1, [seen('10.0.0.1', 1), seen('10.0.0.5', 2)]);
    assert.equal(story.places(1), places);
  }
});

test('who was not seen keeps its places, and where both answer it is the place of both', () => {
  const story = new Story(card(1, ['10.0.0.1', '10.0.0.5'], [2]), card(2, ['10.0.0.5'], [1]));
  story.at(1, [seen('10.0.0.5', 2)]);
  assert.equal(story.places(1), '10.0.0.1 10.0.0.5');
  story.at(2, [seen('10.0.0.1', 1), seen('10.0.0.5', 2), seen('10.0.0.5', 1)]);
  assert.equal(story.places(1), '10.0.0.1 10.0.0.5');
});

test('a hardware address that was never another device takes along where it was seen, and an address that was made of it', () => {
  const both = device({
    id: 1,
    at: ['10.0.0.1', '10.0.0.5', 'fe80::5eff:fe00:2'],
    macs: [1, 2].map((n) => ({ mac: mac(n), vendor: null })),
  });
  const story = new Story(both);
  const split = (): void => void (story.roll = amend(story.roll, splitDevice(story.roll, { device: 1, macs: [mac(2)] })).roll);
  story.at(1, [seen('10.0.0.1', 1), seen('10.0.0.5', 2)]);
  split();
  assert.deepEqual([story.places(1), story.places(2)], ['10.0.0.1', '10.0.0.5 fe80::5eff:fe00:2']);
  assert.deepEqual([story.device(1).presence, story.device(2).presence, story.device(2).firstSeen], ['present', 'present', both.firstSeen]);
  assert.deepEqual(story.at(2, [seen('10.0.0.1', 1), seen('10.0.0.5', 2)]), []);
});

test('who leaves nothing to the other leaves it where it was: by something it must be known again', () => {
  const story = new Story(device({ id: 1, macs: [1, 2].map((n) => ({ mac: mac(n), vendor: null })) }));
  story.at(1, [seen('10.0.0.1', 2)]);
  story.roll = amend(story.roll, splitDevice(story.roll, { device: 1, macs: [mac(2)] })).roll;
  assert.deepEqual([story.places(1), story.places(2)], ['10.0.0.1', '10.0.0.1']);
});

test('an address under which two of its cards answer, or none, is nobody’s for sure and stays', () => {
  const story = new Story();
  story.roll = amend(
    rollWith(card(1, ['10.0.0.1']), card(2, ['10.0.0.2'])),
    mergeDevices(rollWith(card(1, ['10.0.0.1']), card(2, ['10.0.0.2'])), { keep: 1, absorb: [2] }),
  ).roll;
  story.at(1, [seen('10.0.0.1', 1), seen('10.0.0.7', 1), seen('10.0.0.7', 2), seen('10.0.0.2', 2)]);
  story.roll = amend(story.roll, splitDevice(story.roll, { undo: 2 })).roll;
  assert.deepEqual([story.places(1), story.places(2)], ['10.0.0.1 10.0.0.7', '10.0.0.2']);
});
