import type { TimelineJson } from '../../../../src/contract/index.ts';

export interface Bar {
  readonly presence: 'present' | 'away' | 'unknown';
  readonly from: number;
  /** null while it lasts. */
  readonly to: number | null;
  /** In percent of the width. */
  readonly x: number;
  readonly width: number;
}

/** Narrowest bar that can be seen and pointed at, in percent. */
const LEAST = 0.25;

export function barsOf({ since, until, sessions }: Pick<TimelineJson, 'since' | 'until' | 'sessions'>): Bar[] {
  const start = Date.parse(since);
  const end = Date.parse(until);
  const share = (at: number): number => ((at - start) / Math.max(1, end - start)) * 100;
  return sessions.map(({ presence, from, to }) => {
    const [begun, over] = [Date.parse(from), to === null ? null : Date.parse(to)];
    const x = Math.min(100 - LEAST, Math.max(0, share(begun)));
    return { presence, from: begun, to: over, x, width: Math.max(LEAST, share(over ?? end) - x) };
  });
}

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** Marks below the chart: hours of a day, days of a week or month, months of a year; at most about a dozen, at round times of the viewer's zone. */
export function ticksOf(since: number, until: number): number[] {
  const length = until - since;
  const all = length > 60 * DAY ? monthsOf(since) : length <= 2 * DAY ? hoursOf(since) : daysOf(since, length <= 10 * DAY ? 1 : 3);
  return all.filter((at) => at >= since && at <= until);
}

const MOST_TICKS = 24;

function midnightOf(at: number): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day;
}

const hoursOf = (since: number): number[] => Array.from({ length: MOST_TICKS }, (_, n) => midnightOf(since).getTime() + n * 3 * HOUR);

/** By the calendar, as one day of a year has 23 hours and one 25. */
function daysOf(since: number, step: number): number[] {
  const first = midnightOf(since);
  return Array.from({ length: MOST_TICKS }, (_, n) => new Date(first).setDate(first.getDate() + n * step));
}

function monthsOf(since: number): number[] {
  const first = new Date(since);
  return Array.from({ length: MOST_TICKS }, (_, n) => new Date(first.getFullYear(), first.getMonth() + n, 1).getTime());
}
