import { Fault, type Instant, type Millis, parseDuration } from '../core/index.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/i;

/** A moment as typed: ISO 8601 (UTC unless it names an offset), or a length of time back from now. Refuses the rest. */
export function readMoment(text: string, now: Instant): Instant {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  const iso = ISO.exec(text);
  const utc = text.length > 10 && !iso?.groups?.zone ? `${text}Z` : text;
  const moment = iso ? Date.parse(utc.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(moment) || !isDay(text))
    throw new Fault('bad-input', `reading moment ${JSON.stringify(text)}: it is neither a time nor a length of time`, MOMENT_REMEDY);
  return moment;
}

/** The language rolls February 30 over into March. */
const isDay = (text: string): boolean => new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDate() === Number(text.slice(8, 10));

const MOMENT_REMEDY = 'write a time like 2026-11-21T03:00:00Z, or how long ago, like 1d or 90m';

/** A length of time as typed, in milliseconds. Refuses what has no unit. */
export function readDuration(text: string, subject: string): Millis {
  const length = parseDuration(text);
  if (length === undefined)
    throw new Fault(
      'bad-input',
      `reading ${subject} ${JSON.stringify(text)}: it is not a length of time`,
      'write one like 45m, 1h30m or 2d',
    );
  return length;
}

/** ISO 8601 text of a moment. */
export const instantToJson = (at: Instant): string => new Date(at).toISOString();

/** As {@link instantToJson}, keeping "never". */
export const instantOrNull = (at: Instant | null): string | null => (at === null ? null : instantToJson(at));
