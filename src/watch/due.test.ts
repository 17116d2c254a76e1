import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Cadence, Instant } from '../core/index.ts';
import { checkCadence, nextDue } from './due.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (cron: string, zone: string | null): Cadence => ({ kind: 'at', cron, zone });
const every = (length: number): Cadence => ({ kind: 'every', every: length });

/** Spring and fall of 2026, as the first day of each change. Lord Howe moves by half an hour, Cairo and Havana at midnight. */
const ZONES = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Australia/Lord_Howe': ['2026-10-04', '2026-04-05'],
  'Africa/Cairo': ['2026-04-24', '2026-10-30'],
  'America/Havana': ['2026-03-08', '2026-11-01'],
} as const;
/** Each of these falls into a gap or an overlap of at least one zone. */
const TIMES = ['0 0', '30 0', '15 1', '45 1', '0 2', '15 2', '30 2', '0 3', '30 23'];

/** The days and times at which a plan runs that begins `late` ms after it was due each time. */
function runs(cadence: Cadence, { from, to, late }: { from: Instant; to: Instant; late: (nth: number) => number }): Instant[] {
  const all: Instant[] = [];
  for (let last = from; ; ) {
    const due = nextDue(cadence, { key: 'k', last, now: last });
    assert.ok(due > last, 'a plan may not be due again in the moment it began');
    if (due > to) return all;
    all.push(due);
    last = due + late(all.length);
  }
}

for (const [zone, days] of Object.entries(ZONES)) {
  test(`R33: a daily job in ${zone} runs exactly once a day, whichever way the clocks change`, () => {
    const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    for (const day of days) {
      const noon = Date.parse(`${day}T12:00Z`);
      for (const time of TIMES) {
        const cadence = at(`${time} * * *`, zone);
        for (const late of [() => 0, (n: number) => (n * 7919) % 5000, () => 40 * MINUTE]) {
          const ran = runs(cadence, { from: noon - 3 * DAY, to: noon + 3 * DAY, late }).map((due) => dayOf.format(due));
          assert.deepEqual([new Set(ran).size, ran.length], [6, 6], `${time} around ${day}: ${ran.join(' ')}`);
        }
      }
    }
  });
}

test('R33: where the clocks skip a time, its job runs when they have; where they repeat it, at the first', () => {
  const next = (cron: string, zone: string, from: string): string =>
    new Date(nextDue(at(cron, zone), { key: '', last: Date.parse(from), now: Date.parse(from) })).toISOString();
  assert.equal(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z'), '2026-03-29T01:00:00.000Z');
  assert.equal(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z'), '2026-10-25T00:30:00.000Z');
  assert.equal(next('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:45Z'), '2026-10-26T01:30:00.000Z');
  assert.equal(next('0 3 * * *', 'Europe/Berlin', '2026-03-28T12:00Z'), '2026-03-29T01:00:00.000Z');
});

test('R33: an interval knows no daylight saving', () => {
  const from = Date.parse('2026-10-24T00:00Z');
  const all = runs(every(15 * MINUTE), { from, to: from + 2 * DAY, late: () => 0 });
  assert.equal(all.length, 192);
  assert.deepEqual([...new Set(all.slice(1).map((due, i) => due - (all[i] as number)))], [15 * MINUTE]);
});

test('an hourly cron line runs in each hour of a day of 25 hours', () => {
  const day = Date.parse('2026-10-24T22:00Z');
  assert.equal(runs(at('0 * * * *', 'Europe/Berlin'), { from: day - 1, to: day + 25 * 60 * MINUTE - 1, late: () => 0 }).length, 25);
});

test('a cron line without a zone means the time of this machine', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Asia/Kathmandu';
  try {
    const last = Date.parse('2026-01-05T00:00Z');
    assert.equal(nextDue(at('0 12 * * *', null), { key: '', last, now: last }), Date.parse('2026-01-05T06:15Z'));
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('what never ran is due at once', () => {
  for (const cadence of [every(DAY), at('0 3 * * *', 'UTC')]) assert.equal(nextDue(cadence, { key: '', last: null, now: 5 }), 5);
});

test('an interval keeps one offset for one key, whenever its scans really began', () => {
  const some = fc.record({ key: fc.string(), length: fc.integer({ min: 10_000, max: 30 * DAY }), last: fc.integer({ min: 0, max: 4e12 }) });
  fc.assert(
    fc.property(some, fc.nat(4e9), ({ key, length, last }, later) => {
      const due = nextDue(every(length), { key, last, now: last });
      assert.ok(due > last && due <= last + length);
      const other = nextDue(every(length), { key, last: last + later, now: last + later });
      assert.equal((other - due) % length, 0);
    }),
  );
});

test('R32: a last start that lies in the future does not put off the next', () => {
  const now = Date.parse('2026-01-05T08:00Z');
  const ahead = now + 365 * DAY;
  assert.ok(nextDue(every(5 * MINUTE), { key: '', last: ahead, now }) <= now + 5 * MINUTE);
  assert.equal(nextDue(at('0 3 * * *', 'UTC'), { key: '', last: ahead, now }), Date.parse('2026-01-06T03:00Z'));
});

test('what was missed is due in the past, and so at once, but only once', () => {
  const now = Date.parse('2026-01-05T08:00Z');
  const due = nextDue(at('0 3 * * *', 'UTC'), { key: '', last: now - 10 * DAY, now });
  assert.ok(due <= now);
  assert.ok(nextDue(at('0 3 * * *', 'UTC'), { key: '', last: now, now }) > now);
});

test('a cadence that would never or always be due is refused with its text', () => {
  assert.throws(() => checkCadence(every(9_999)), /shorter than a scan/);
  assert.throws(() => checkCadence(every(Number.NaN)), /shorter than a scan/);
  for (const cron of ['', 'daily', '60 * * * *', '0 3 30 2 *', '* * * *'])
    assert.throws(
      () => checkCadence(at(cron, null)),
      (fault: Error) => fault.message.includes(JSON.stringify(cron)),
    );
  assert.throws(() => checkCadence(at('0 3 * * *', 'Mars/Olympus')), /reading cron line/);
  assert.deepEqual(checkCadence(at('0 3 * * *', 'Europe/Berlin')), at('0 3 * * *', 'Europe/Berlin'));
});
