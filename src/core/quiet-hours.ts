import { bad, good, type Result } from './fault.ts';
import type { Instant } from './time.ts';

/** A stretch of the week in which nothing is scanned, by the clock on the wall. */
export interface QuietWindow {
  /** As it is written: "Mon-Fri 08:00-18:00". */
  readonly text: string;
  /** Days on which it begins, 1 is Monday. */
  readonly days: readonly number[];
  /** Minutes of the day; a window that does not end after it began ends on the next day. */
  readonly from: number;
  readonly to: number;
}

/** Windows of one place: any of them keeps quiet. */
export interface QuietHours {
  readonly windows: readonly QuietWindow[];
  /** IANA name of the zone whose clock counts. */
  readonly zone: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = 24 * 60;
const REMEDY = 'write days and times like "Mon-Fri 08:00-18:00", or times alone like "22:00-06:00"';
const SHAPE = /^(?:([a-z,-]{3,40}) )?(\d{2}):(\d{2})-(\d{2}):(\d{2})$/i;

/** Reads "Mon-Fri 08:00-18:00", "Sat,Sun 00:00-24:00" or "22:00-06:00". */
export function parseQuietWindow(text: string): Result<QuietWindow> {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  const match = SHAPE.exec(text);
  if (!match) return bad(`${shown} is no stretch of the week`, REMEDY);
  const [, days, ...clock] = match;
  const [fromHour, fromMinute, toHour, toMinute] = clock.map(Number) as [number, number, number, number];
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  if (fromMinute > 59 || toMinute > 59 || from >= DAY || to > DAY) return bad(`${shown} names a time no clock shows`, REMEDY);
  if (from === to) return bad(`${shown} ends when it begins`, 'for a whole day write "Sun 00:00-24:00"');
  const begins = days === undefined ? [1, 2, 3, 4, 5, 6, 7] : readDays(days.toLowerCase());
  return begins === undefined ? bad(`${shown} names a day no week has`, REMEDY) : good({ text, days: begins, from, to });
}

function readDays(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => {
    const [first, last = first, ...more] = part.split('-').map((name) => DAYS.indexOf(name));
    if (first === undefined || last === undefined || more.length > 0 || first < 0 || last < 0) return undefined;
    // "Sat-Mon" goes over the end of the week.
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => ((first + i) % 7) + 1);
  });
  if (parts.some((part) => part === undefined)) return undefined;
  return [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
}

/** Whether some moment of the week is not quiet: otherwise nothing would ever be scanned. */
export function leavesTime(windows: readonly QuietWindow[]): boolean {
  return Array.from({ length: 7 * DAY }, (_, minute) => minute).some((minute) => !windows.some((window) => holds(window, minute)));
}

/** The windows that the clock on the wall stands in. That is all there is to daylight saving: an hour that comes twice is quiet twice. */
export function quietAt({ windows, zone }: QuietHours, at: Instant): QuietWindow | undefined {
  if (windows.length === 0) return undefined;
  const wall = wallClock(at, zone);
  const minute = (wall.dayOfWeek - 1) * DAY + wall.hour * 60 + wall.minute;
  return windows.find((window) => holds(window, minute));
}

/** `minute` of the week, from Monday 0:00. */
function holds({ days, from, to }: QuietWindow, minute: number): boolean {
  const length = to > from ? to - from : to + DAY - from;
  return days.some((day) => {
    const since = (minute - ((day - 1) * DAY + from) + 7 * DAY) % (7 * DAY);
    return since < length;
  });
}

/**
 * When quiet next begins, or where it is quiet now, ends: the first later moment at which the wall clock says otherwise.
 * null: within a fortnight it never does.
 */
export function quietChanges(hours: QuietHours, at: Instant): Instant | null {
  const quiet = quietAt(hours, at) !== undefined;
  const turns = [...edgesAfter(hours, at)].sort((a, b) => a - b);
  return turns.find((turn) => (quietAt(hours, turn) !== undefined) !== quiet) ?? null;
}

/** Moments after `at` at which a window begins or ends, and at which the clock is put forward or back. */
function edgesAfter({ windows, zone }: QuietHours, at: Instant): Set<Instant> {
  const times = new Set(windows.flatMap(({ from, to }) => [from, to % DAY]));
  const edges = new Set<Instant>();
  const today = wallClock(at, zone).toPlainDate();
  for (let day = 0; day <= 14; day++)
    for (const minute of times)
      for (const disambiguation of ['earlier', 'later'] as const)
        edges.add(momentOf(today.add({ days: day }), { minute, zone, disambiguation }));
  let turn = wallClock(at, zone).getTimeZoneTransition('next');
  for (let i = 0; i < 4 && turn !== null; i++) {
    edges.add(turn.epochMilliseconds);
    turn = turn.getTimeZoneTransition('next');
  }
  return new Set([...edges].filter((edge) => edge > at && edge <= at + 15 * DAY * 60_000));
}

interface Reading {
  readonly minute: number;
  readonly zone: string;
  readonly disambiguation: 'earlier' | 'later';
}

function momentOf(date: Temporal.PlainDate, { minute, zone, disambiguation }: Reading): Instant {
  const wall = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

const wallClock = (at: Instant, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
