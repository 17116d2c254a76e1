import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { device, HOUR, MINUTE, mac, name } from '../../test/make/device.ts';
import { type Device, SILENCE_CLASSES, untrusted } from '../core/index.ts';
import { restlessness } from './presence-restless.ts';
import { type Terms, toleranceOf, windowOf } from './rhythm-tolerance.ts';

const FLOOR = 2.9 * MINUTE;
const terms: Terms = { chosen: null, cadence: MINUTE, usual: 45 * MINUTE, floor: FLOOR, ceiling: 2 * HOUR };
const wired = (silences: readonly number[] | null, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ macs: [{ mac: '00:11:32:00:00:01', vendor: null }], rhythm: silences && { silences }, ...fields });
const minutesOf = (one: Device, given = terms): number => Math.round((windowOf(one, given) / MINUTE) * 10) / 10;

test("somebody's word beats what was learned: the device's, then the target's, then the site's", () => {
  const chosen = { ...terms, chosen: { window: 5, by: 'target' } } as const;
  assert.deepEqual(toleranceOf(wired([0, 9000], { window: 0 }), chosen), {
    window: 0,
    sleeper: false,
    reason: 'somebody chose it for this device',
  });
  assert.deepEqual([windowOf(wired([0, 9000]), chosen), toleranceOf(wired(null), chosen).reason], [5, 'chosen for its target']);
  assert.equal(toleranceOf(wired(null), { ...chosen, chosen: { window: 7, by: 'site' } }).reason, 'the [presence] window');
});

test('a stranger gets 45 minutes; a device that answered some looks in a row gets three', () => {
  assert.equal(minutesOf(wired(null)), 45);
  assert.equal(minutesOf(wired([0, 4])), 45);
  assert.ok(minutesOf(wired([0, 5])) < 4);
  assert.equal(windowOf(wired([0, 12]), terms), FLOOR);
  assert.match(toleranceOf(wired([0, 512]), terms).reason, /nearly always answers, as 512 looks showed/);
});

test('a lost reply now and then, or a reboot, leaves a wired device at three looks', () => {
  assert.equal(windowOf(wired([0, 5000, 45, 0, 1, 0, 1]), terms), FLOOR);
  assert.ok(minutesOf(wired([0, 900, 95, 8, 1])) <= 5, 'one look in ten is lost');
});

test('what is carried is careful for a day of answers, then judged like others', () => {
  const phone = (answers: number): Device => wired([0, answers], { macs: [{ mac: mac(1), vendor: null }] });
  assert.equal(minutesOf(phone(1000)), 45);
  assert.match(toleranceOf(phone(1000), terms).reason, /its hardware address is made up, and it was not watched for a day yet: 45m/);
  assert.equal(windowOf(phone(1500), terms), FLOOR);
});

test('R37: a phone that answers one look of six gets more than its sleeps, and is marked', () => {
  // Chances of 5/6 for each look: what a week of it looks like.
  const asleep = wired([0, 280, 420, 480, 340, 120, 10], { macs: [{ mac: mac(1), vendor: null }] });
  const { window, sleeper, reason } = toleranceOf(asleep, terms);
  assert.ok(window > 64 * MINUTE && window <= 2 * HOUR, `${window / MINUTE} min`);
  assert.equal(sleeper, true);
  assert.match(reason, /often silent for 29m and more, as 1650 silences showed: only 1h\d+m\d*s? are rare enough/);
});

test('a sleeper that wakes as a clock does gets little more than its sleep', () => {
  const clockwork = minutesOf(wired([0, 0, 0, 1000]));
  assert.ok(clockwork > 8 && clockwork < 20, `${clockwork}`);
});

test('a device that came back after having been called away gets more than that silence, up to the ceiling', () => {
  const phone = wired([0, 300, 0, 0, 0, 0, 8], { macs: [{ mac: mac(1), vendor: null }] });
  assert.ok(minutesOf(phone) > 64);
  assert.equal(windowOf(wired([0, 0, 0, 0, 0, 0, 0, 50]), terms), 2 * HOUR);
  assert.match(toleranceOf(wired([0, 0, 0, 0, 0, 0, 0, 50]), terms).reason, /2h is the most anybody gets/);
});

test('absences past the ceiling are no sleep: a commuter keeps its short tolerance', () => {
  assert.equal(windowOf(wired([0, 4000, 10, 0, 0, 0, 0, 0, 40, 60, 20]), terms), FLOOR);
});

test('whatever was learned, and however coarsely it is remembered, tolerance stays between floor and ceiling', () => {
  const silences = fc.array(fc.constantFrom(0, 1, 3, 8, 64, 70, 512, 4096, 200_000), { maxLength: SILENCE_CLASSES });
  const cadence = fc.constantFrom(10_000, MINUTE, 5 * MINUTE, 15 * MINUTE);
  fc.assert(
    fc.property(silences, cadence, fc.boolean(), (counts, every, masked) => {
      const floor = 2.9 * Math.max(every, MINUTE);
      const one = wired(counts, masked ? { macs: [{ mac: mac(1), vendor: null }] } : {});
      const window = windowOf(one, { ...terms, cadence: every, floor });
      assert.ok(window >= floor && window <= 2 * HOUR, `${window}`);
    }),
  );
});

test('phones are known by what they are called, by themselves and by people', () => {
  assert.equal(restlessness(wired(null)), null);
  assert.equal(restlessness(wired(null, { names: [name('Annas-iPhone', 'dhcp')] })), 'its name is that of a phone');
  assert.equal(
    restlessness(wired(null, { clues: [{ kind: 'dhcp.vendor', value: untrusted('android-dhcp-14') }] })),
    'it calls itself a phone',
  );
  assert.equal(restlessness(wired(null, { type: 'watch' })), 'it is a watch');
  assert.equal(restlessness(wired(null, { type: 'server', macs: [{ mac: mac(1), vendor: null }] })), null, 'a person knows better');
});
