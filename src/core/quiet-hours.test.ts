import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leavesTime, parseQuietWindow, type QuietHours, type QuietWindow, quietAt, quietChanges } from './quiet-hours.ts';

const window = (text: string): QuietWindow => {
  const read = parseQuietWindow(text);
  assert.ok(read.ok, text);
  return read.value;
};
const hours = (zone: string, ...texts: string[]): QuietHours => ({ zone, windows: texts.map(window) });
const at = (text: string): number => Date.parse(text);
const MINUTE = 60_000;

test('quiet hours are days and times by the clock on the wall', () => {
  const office = hours('Europe/Berlin', 'Mon-Fri 08:00-18:00', '22:00-06:00');
  // Friday 2026-11-27; Berlin is an hour ahead.
  assert.equal(quietAt(office, at('2026-11-27T06:59:59Z')), undefined);
  assert.equal(quietAt(office, at('2026-11-27T07:00:00Z'))?.text, 'Mon-Fri 08:00-18:00');
  assert.equal(quietChanges(office, at('2026-11-27T07:00:00Z')), at('2026-11-27T17:00:00Z'));
  assert.equal(quietAt(office, at('2026-11-28T07:00:00Z')), undefined, 'a Saturday');
  assert.equal(quietAt(office, at('2026-11-28T02:00:00Z'))?.text, '22:00-06:00', 'the night of Friday ends on Saturday');
  assert.equal(quietChanges(office, at('2026-11-27T20:59:00Z')), at('2026-11-27T21:00:00Z'), 'when it begins');
});

test('windows that touch are one: it ends when the last of them does', () => {
  const both = hours('UTC', 'Mon 08:00-12:00', 'Mon 12:00-14:00', 'Sat-Sun 00:00-24:00');
  assert.equal(quietChanges(both, at('2026-11-30T09:00:00Z')), at('2026-11-30T14:00:00Z'));
  assert.equal(quietChanges(both, at('2026-11-28T09:00:00Z')), at('2026-11-30T00:00:00Z'));
});

test('R33: an hour that comes twice is quiet twice, and one that never comes keeps nobody waiting', () => {
  const night = hours('Europe/Berlin', '02:00-03:00');
  // 2026-10-25 03:00 CEST becomes 02:00 CET: 00:00Z to 02:00Z.
  assert.equal(quietChanges(night, at('2026-10-25T00:30:00Z')), at('2026-10-25T02:00:00Z'));
  // 2026-03-29 02:00 CET becomes 03:00 CEST: there is no such hour.
  assert.equal(quietAt(night, at('2026-03-29T00:59:59Z')), undefined);
  assert.equal(quietAt(night, at('2026-03-29T01:00:00Z')), undefined);
  assert.equal(quietChanges(night, at('2026-03-29T00:59:00Z')), at('2026-03-30T00:00:00Z'));
});

test('what is no stretch of the week is refused with a remedy', () => {
  for (const text of [
    '',
    'night',
    '8-18',
    '08:00',
    '8:00-18:00',
    '25:00-26:00',
    '08:60-09:00',
    '24:00-25:00',
    '08:00-08:00',
    'Mon-Fri',
    'Moo 08:00-09:00',
  ])
    assert.ok(!parseQuietWindow(text).ok, text);
  for (const text of ['Mon-Tue-Wed 08:00-09:00', '-Mon 08:00-09:00', ', 08:00-09:00', 'Mon,, 08:00-09:00', '08:00-18:00\n', ' 08:00-18:00'])
    assert.ok(!parseQuietWindow(text).ok, text);
  assert.deepEqual(window('Sat-Mon 00:00-24:00').days, [1, 6, 7]);
});

test('hours that leave no moment of the week are told apart from those that do', () => {
  assert.ok(!leavesTime([window('00:00-24:00')]));
  assert.ok(!leavesTime([window('08:00-20:00'), window('20:00-08:00')]));
  assert.ok(leavesTime([window('08:00-20:00'), window('20:01-08:00')]));
  assert.ok(leavesTime([]));
});

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'UTC',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const clock = fc.integer({ min: 0, max: 24 * 4 - 1 }).map((quarter) => {
  const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const windows = fc
  .tuple(fc.constantFrom('', 'Mon-Fri ', 'Sat,Sun ', 'Sun ', 'Fri-Mon '), clock, clock)
  .filter(([, from, to]) => from !== to)
  .map(([days, from, to]) => `${days}${from}-${to}`);

/** Minute by minute, by another calendar than ours. */
function byMinutes({ zone, windows: all }: QuietHours, from: number, minutes: number): boolean[] {
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return Array.from({ length: minutes }, (_, i) => {
    const parts = Object.fromEntries(wall.formatToParts(from + i * MINUTE).map(({ type, value }) => [type, value]));
    const [day, now] = [names.indexOf(parts['weekday'] as string) + 1, Number(parts['hour']) * 60 + Number(parts['minute'])];
    const yesterday = ((day + 5) % 7) + 1;
    return all.some(({ days, from: begin, to }) =>
      to > begin
        ? days.includes(day) && now >= begin && now < to
        : (days.includes(day) && now >= begin) || (days.includes(yesterday) && now < to),
    );
  });
}

test('R33: over every change of the clocks it is quiet just when the wall clock says so, and the next turn is the first', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.array(windows, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('2026-03-28', '2026-10-24', '2026-04-04', '2026-11-01', '2026-03-08', '2011-12-29', '2026-02-14'),
      fc.integer({ min: 0, max: 2 * 24 * 60 }),
      (zone, texts, day, minute) => {
        const some = hours(zone, ...texts);
        const start = at(`${day}T00:00:00Z`) + minute * MINUTE;
        const slow = byMinutes(some, start, 36 * 60);
        assert.equal(quietAt(some, start) !== undefined, slow[0]);
        const turn = slow.findIndex((quiet) => quiet !== slow[0]);
        const found = quietChanges(some, start);
        if (turn >= 0) assert.equal(found, start + turn * MINUTE);
        else assert.ok(found === null || found >= start + 36 * 60 * MINUTE, `${found}`);
      },
    ),
    { numRuns: 300 },
  );
});
