import type { Instant } from '../core/index.ts';
import { HOUR } from './spans.ts';

export type TimeWriter = (at: Instant) => string;

const OLDEST = Date.UTC(1, 0, 1);
const NEWEST = Date.UTC(9999, 11, 31);

const isWritable = (at: Instant): boolean => at >= OLDEST && at <= NEWEST;

/** "2026-11-21 03:14 UTC". */
export const utcTime: TimeWriter = (at) =>
  isWritable(at) ? `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'an unknown moment';

/** "2026-11-21 03:14", by the clock of an IANA zone. */
export function timeIn(zone: string): TimeWriter {
  const known = new Map<number, string>();
  return (at) => {
    if (!isWritable(at)) return utcTime(at);
    const minute = Math.floor(at / 60_000);
    const text = known.get(minute) ?? wallText(minute * 60_000, zone);
    if (known.size < 1000) known.set(minute, text);
    return text;
  };
}

/** The same with seconds for what is less than an hour away: "2026-11-21 03:14:07". */
export function soonIn(zone: string, now: Instant): TimeWriter {
  const later = timeIn(zone);
  return (at) => (Math.abs(at - now) < HOUR && isWritable(at) ? wallText(at, zone, 'second') : later(at));
}

function wallText(at: Instant, zone: string, smallestUnit: 'minute' | 'second' = 'minute'): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return wall.toPlainDateTime().toString({ smallestUnit, roundingMode: 'trunc' }).replace('T', ' ');
}
