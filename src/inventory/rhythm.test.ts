import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, covering, device, HOUR, MINUTE } from '../../test/make/device.ts';
import { rules } from '../../test/make/story.ts';
import { type Coverage, type Device, NO_COVERAGE, type Rhythm, rhythmFacts, rhythmFromFact, SILENCE_CLASSES } from '../core/index.ts';
import { answersUsually, classOf, learnRhythm, missedLooks, sameRhythm } from './rhythm.ts';

const lan = covering(['10.0.0.0/24']);
interface Circumstances {
  readonly covers?: Coverage;
  readonly since?: number | null;
  readonly taught?: number;
}
const learned = (one: Device, minutes: number, { covers = lan, since = AT - HOUR, taught = 0 }: Circumstances = {}): Rhythm | null =>
  learnRhythm(
    one,
    { coverage: covers, rules: { ...rules({ at: AT + minutes * MINUTE, watchedSince: since }), taughtSince: () => taught } },
    () => true,
  );
const counts = (rhythm: Rhythm | null): string => (rhythm?.silences ?? []).map((count, k) => (count > 0 ? `${k}:${count}` : '')).join('');

test('a silence is counted by its length when a look sees the device again', () => {
  assert.equal(counts(learned(device(), 1)), '1:1');
  assert.equal(counts(learned(device({ rhythm: { silences: [0, 7] } }), 30)), '1:76:1');
  assert.equal(counts(learned(device(), 3 * 24 * 60)), `${SILENCE_CLASSES - 1}:1`);
});

test('one interval and two share no class, though no two looks are equally far apart', () => {
  for (let interval = 55_000; interval <= 3_600_000; interval += 1000)
    for (let jitter = -2000; jitter <= 2000; jitter += 500) {
      // Where the jitter alone makes it the next class, twice as much may be the same: classes only double.
      if (classOf(interval) !== classOf(interval + jitter)) continue;
      const classes = [classOf(interval), classOf(2 * interval)] as const;
      if (classOf(interval + jitter) >= classOf(2 * interval + jitter)) assert.fail(`${interval} ms, ${jitter} ms`);
      assert.deepEqual([missedLooks(classes[0], interval), missedLooks(classes[1], interval)], [0, 1]);
    }
});

test('R34, R35: time nobody watched, or in which looks failed, is no silence', () => {
  assert.equal(learned(device(), 480, { since: AT + 479 * MINUTE }), null);
  assert.equal(learned(device(), 480, { since: null }), null, 'a scan by hand teaches nothing');
  assert.equal(learned(device(), 20, { taught: AT + MINUTE }), null);
  assert.equal(counts(learned(device(), 20, { taught: AT - MINUTE })), '5:1');
  assert.equal(learned(device(), -60), null, 'a clock that was set back');
});

test('only a look where the device was teaches; what is overheard teaches of long silences alone', () => {
  assert.equal(learned(device(), 5, { covers: covering(['10.9.0.0/24']) }), null);
  assert.equal(learned(device(), 1, { covers: NO_COVERAGE }), null);
  assert.equal(counts(learned(device(), 30, { covers: NO_COVERAGE })), '6:1');
});

test('who was called away and came back teaches eight times as much', () => {
  assert.equal(counts(learned(device({ presence: 'away' }), 50)), '6:8');
});

test('old habits fade: when a class is full, all shrink to an eighth', () => {
  const full = device({ rhythm: { silences: [0, 8 ** 6 - 1, 80, 7] } });
  assert.equal(counts(learned(full, 1)), `1:${8 ** 5}2:10`);
});

test('law 3: a year of answers each minute is remembered anew a dozen times, not half a million', () => {
  let [one, before, told] = [device(), null as Rhythm | null, 0];
  for (let minute = 1; minute <= 525_600; minute++) {
    const rhythm = learnRhythm(one, { coverage: lan, rules: rules({ at: one.lastSeen + MINUTE, watchedSince: AT - HOUR }) }, () => false);
    if (!sameRhythm(before, rhythm)) told++;
    before = rhythm;
    one = { ...one, rhythm, lastSeen: one.lastSeen + MINUTE, addresses: [{ address: '10.0.0.1', seenAt: one.lastSeen + MINUTE }] };
  }
  assert.ok(told <= 14, `${told} times`);
});

test('rhythms are the same exactly when they are remembered alike', () => {
  const some = fc.option(fc.record({ silences: fc.array(fc.nat(600), { minLength: SILENCE_CLASSES, maxLength: SILENCE_CLASSES }) }));
  fc.assert(
    fc.property(some, some, (a, b) => {
      assert.equal(sameRhythm(a, b), rhythmFacts(a)[0]?.value === rhythmFacts(b)[0]?.value);
      assert.ok(sameRhythm(a, rhythmFromFact(rhythmFacts(a)[0])));
    }),
  );
});

test('a device usually answers when seven of eight silences hold no missed look', () => {
  const usually = (...silences: number[]): boolean => answersUsually(device({ rhythm: { silences } }), MINUTE);
  assert.deepEqual([usually(0, 4), usually(0, 5), usually(0, 7, 1), usually(0, 6, 1), usually(3, 0, 3)], [false, true, true, false, false]);
  assert.equal(answersUsually(device(), MINUTE), false);
});
