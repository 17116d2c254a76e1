import { bad, good, type Instant, parseDuration, type Result } from '../../core/index.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in the zone of this machine, to the second: "2026-11-21 03:14:05". */
export function localTime(at: Instant): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const SHAPE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const REMEDY = 'write a time like 2026-11-21T03:00, with Z for UTC, or how long ago, like 2h or 1d';

/** Reads a moment as typed: "1d" or "2h30m" ago, a local day or time, or one with a zone. `option` is named in the reason. */
export function readMoment(text: string, option: string, now: Instant): Result<Instant> {
  const ago = parseDuration(text);
  if (ago !== undefined) return good(now - ago);
  const at = SHAPE.test(text) ? Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')) : Number.NaN;
  const day = Number(text.slice(8, 10));
  // The language rolls February 30 over into March.
  const exists = !Number.isNaN(at) && new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDate() === day;
  return exists ? good(at) : bad(`reading ${option} ${JSON.stringify(text.slice(0, 60))}: it is not a time`, REMEDY);
}
