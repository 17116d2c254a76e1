import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE, seen } from '../../test/make/device.ts';
import { rules, Story } from '../../test/make/story.ts';
import { NO_COVERAGE } from '../core/index.ts';
import { DEFAULT_WINDOW, isOverdue, presenceAt } from './presence.ts';

const here = seen('10.0.0.1');
const DAY = 24 * HOUR;

test('S1: a device that keeps quiet has left after 45 minutes, not a minute earlier', () => {
  const story = new Story(device());
  for (let minute = 1; minute < 45; minute++) assert.deepEqual(story.at(minute, []), [], `minute ${minute}`);
  assert.deepEqual(story.at(45, []), ['device.left 1']);
  assert.deepEqual(story.at(46, []), [], 'it leaves once');
});

test('the window ends to the millisecond', () => {
  assert.equal(isOverdue(device(), rules({ at: AT + DEFAULT_WINDOW - 1 })), false);
  assert.equal(isOverdue(device(), rules({ at: AT + DEFAULT_WINDOW })), true);
});

test('S1: three cases: never seen, known but away, still there', () => {
  const story = new Story();
  assert.deepEqual(story.at(0, [here]), ['device.appeared 1']);
  assert.deepEqual(story.at(1, [here]), []);
  assert.deepEqual(story.at(46, []), ['device.left 1']);
  assert.deepEqual(story.at(47, [here]), ['device.returned 1']);
});

test('a sleeper that answers once within each window never leaves', () => {
  const story = new Story(device());
  for (let minute = 1; minute < 600; minute++) assert.deepEqual(story.at(minute, minute % 44 === 0 ? [here] : []), []);
});

test("a device's own window beats everybody's; with window 0 the first miss counts", () => {
  const story = new Story(
    device({ id: 1, window: 0 }),
    device({ id: 2, at: ['10.0.0.2'], window: 2 * HOUR }),
    device({ id: 3, at: ['10.0.0.3'] }),
  );
  assert.deepEqual(story.at(0, []), ['device.left 1']);
  assert.deepEqual(story.at(10, [], { window: 10 * MINUTE }), ['device.left 3']);
  assert.deepEqual(story.at(119, []), []);
  assert.deepEqual(story.at(120, []), ['device.left 2']);
});

test('R34: after eight hours of sleep nobody has left; who is still missing a window later has', () => {
  const story = new Story(device({ id: 1 }), device({ id: 2, at: ['10.0.0.2'] }));
  const awake = { watchedSince: AT + 8 * HOUR };
  assert.deepEqual(story.at(8 * 60, [here], awake), []);
  for (let minute = 1; minute < 45; minute++) assert.deepEqual(story.at(8 * 60 + minute, [here], awake), [], `minute ${minute}`);
  assert.deepEqual(story.at(8 * 60 + 45, [here], awake), ['device.left 2']);
});

test('R35: the same holds after three days off', () => {
  const story = new Story(device());
  const since = { watchedSince: AT + 3 * DAY };
  assert.deepEqual(story.at(3 * 24 * 60 + 44, [], since), []);
  assert.deepEqual(story.at(3 * 24 * 60 + 45, [], since), ['device.left 1']);
});

test('R32: a clock set forward by a year makes nobody leave once the keeper has noticed', () => {
  const story = new Story(device());
  const year = 365 * 24 * 60;
  assert.deepEqual(story.at(year, [], { watchedSince: AT + year * MINUTE }), []);
  assert.deepEqual(story.at(year + 45, [], { watchedSince: AT + year * MINUTE }), ['device.left 1']);
});

test('R32: a clock set back by a year makes nobody leave, and keeps nobody for a year', () => {
  const story = new Story(device({ id: 1 }), device({ id: 2, at: ['10.0.0.2'] }));
  const back = -365 * 24 * 60;
  const watching = { watchedSince: AT + back * MINUTE };
  assert.deepEqual(story.at(back, [here], watching), []);
  for (let minute = 1; minute < 45; minute++) assert.deepEqual(story.at(back + minute, [here], watching), []);
  assert.deepEqual(story.at(back + 45, [here], watching), ['device.left 2']);
  assert.equal(story.device(1).lastSeen, AT + (back + 45) * MINUTE);
});

test('R32: a device that moved before the clock was set back leaves its old address after the window', () => {
  const story = new Story(device({ at: ['10.0.0.1', '10.0.1.1'] }));
  const options = { watchedSince: AT - DAY, covers: covering(['10.0.0.0/16']) };
  const day = -24 * 60;
  assert.deepEqual(story.at(day, [here], options), []);
  assert.equal(story.places(1), '10.0.0.1 10.0.1.1');
  for (let minute = 1; minute < 45; minute++) assert.deepEqual(story.at(day + minute, [here], options), []);
  assert.deepEqual(story.at(day + 45, [here], options), ['device.readdressed 1']);
  assert.equal(story.places(1), '10.0.0.1');
});

test('R32: an hour back and forth, scan by scan, loses nobody who answers', () => {
  const story = new Story(device());
  for (const minute of [1, 61, 2, -58, 3, 63, 4]) assert.deepEqual(story.at(minute, [here], { watchedSince: AT - DAY }), []);
});

test("a file of last night does not undo this morning's sightings", () => {
  const story = new Story(device());
  const lastNight = -5 * 60;
  assert.deepEqual(story.at(lastNight, [here]), []);
  assert.equal(story.device(1).lastSeen, AT);
  assert.deepEqual(story.at(lastNight, []), []);
  assert.deepEqual(story.at(1, []), [], 'one miss this morning is still only one miss');
});

test('a scan by hand or a file counts every moment: without a watch there is no gap to excuse', () => {
  const story = new Story(device());
  assert.deepEqual(story.at(3 * 24 * 60, [], { watchedSince: null }), ['device.left 1']);
});

test('what is told as present turns unknown when nobody looked for too long; away stays away', () => {
  assert.equal(presenceAt(device(), AT + HOUR, HOUR), 'present');
  assert.equal(presenceAt(device(), AT + HOUR + 1, HOUR), 'unknown');
  assert.equal(presenceAt(device(), AT - DAY, HOUR), 'present', 'a clock that was set back makes nobody unknown');
  assert.equal(presenceAt(device({ presence: 'away' }), AT + DAY, HOUR), 'away');
  assert.equal(presenceAt(device({ presence: 'unknown' }), AT, HOUR), 'unknown');
});

test('a failed scan, which covers nothing, keeps everybody present and still counts who answered', () => {
  const story = new Story(device({ id: 1 }), device({ id: 2, at: ['10.0.0.2'], presence: 'away' }));
  assert.deepEqual(story.at(24 * 60, [], { covers: NO_COVERAGE }), []);
  assert.deepEqual(story.at(24 * 60, [seen('10.0.0.2')], { covers: NO_COVERAGE }), ['device.returned 2']);
  assert.equal(story.device(1).presence, 'present');
});
