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
  if (length > 60 * DAY) return monthsOf(since, until);
  const step = length <= 2 * DAY ? 3 * HOUR : length <= 10 * DAY ? DAY : 3 * DAY;
  const ticks: number[] = [];
  const first = new Date(since);
  first.setHours(0, 0, 0, 0);
  // Days are counted by the calendar, as one of a year has 23 hours and one 25.
  for (let n = 0; ticks.length < 40; n++) {
    const at = step < DAY ? first.getTime() + n * step : new Date(first).setDate(first.getDate() + (n * step) / DAY);
    if (at > until) break;
    if (at >= since) ticks.push(at);
  }
  return ticks;
}

function monthsOf(since: number, until: number): number[] {
  const first = new Date(since);
  const months = Array.from({ length: 15 }, (_, n) => new Date(first.getFullYear(), first.getMonth() + n, 1).getTime());
  return months.filter((at) => at >= since && at <= until);
}
