import type { Instant, Millis } from '../../core/index.ts';

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
/** How long the story is. */
export const DAYS = 30;

/** The days of the story, counted back from today. Hours are those of the wall clock, but for days on which it is set. */
export interface Calendar {
  readonly now: Instant;
  /** Midnight of today, and of the first day. */
  readonly today: Instant;
  readonly first: Instant;
  /** So many days ago, at an hour. */
  at(daysAgo: number, hour: number): Instant;
  /** The same on that day or the first weekday before it. */
  atWork(daysAgo: number, hour: number): Instant;
  hoursAgo(hours: number): Instant;
}

export function calendarOf(now: Instant): Calendar {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const at = (daysAgo: number, hour: number): Instant => today - daysAgo * DAY + hour * HOUR;
  const isWeekend = (daysAgo: number): boolean => [0, 6].includes(new Date(at(daysAgo, 12)).getDay());
  const back = (daysAgo: number): number => (isWeekend(daysAgo) ? back(daysAgo + 1) : daysAgo);
  return {
    now,
    today,
    first: today - DAYS * DAY,
    at,
    atWork: (daysAgo, hour) => at(back(daysAgo), hour),
    hoursAgo: (hours) => now - hours * HOUR,
  };
}
