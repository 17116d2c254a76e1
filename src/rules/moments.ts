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
export const timeIn = (zone: string): TimeWriter => remembering((at) => wallText(at, zone));

/** "2026-11-27 19:00 +01:00": the same, for people who may be elsewhere. */
export const wholeTimeIn = (zone: string): TimeWriter =>
  remembering((at) => `${wallText(at, zone)} ${offsetText(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone))}`);

const offsetText = ({ offset, offsetNanoseconds }: Temporal.ZonedDateTime): string => (offsetNanoseconds === 0 ? 'UTC' : offset);

/** Written by the minute. */
function remembering(write: TimeWriter): TimeWriter {
  const known = new Map<number, string>();
  return (at) => {
    if (!isWritable(at)) return utcTime(at);
    const minute = Math.floor(at / 60_000);
    const text = known.get(minute) ?? write(minute * 60_000);
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
