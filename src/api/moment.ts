import { Fault, type Instant, type Millis, orFault, parseDuration, parseMoment } from '../core/index.ts';

/** A moment as typed: ISO 8601 (UTC unless it names an offset), or a length of time back from now. Refuses the rest. */
export const readMoment = (text: string, now: Instant): Instant => orFault(parseMoment(text, now));

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

/** A moment to come: ISO 8601, or a length of time from now on. */
export function readAhead(text: string, now: Instant): Instant {
  const length = parseDuration(text);
  return length === undefined ? readMoment(text, now) : now + length;
}
