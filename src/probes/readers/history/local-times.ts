import type { Instant, Millis } from '../../../core/index.ts';

/** A time as a table writes it: one instant, or two where a clock was set back and it was that late twice. */
export interface ReadTime {
  readonly first: Instant;
  readonly last: Instant;
}

/** Reads "2024-03-01 08:30:00", with a "T", a fraction or an offset too; undefined for what is no time. */
export type TimeReader = (text: string) => ReadTime | undefined;

const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const DAY: Millis = 24 * 3_600_000;
/** Offsets are kept by the quarter hour: no zone changes its clock at another moment. */
const QUARTER: Millis = 15 * 60_000;
const KEPT = 200_000;

/** Throws a RangeError for a zone that this machine does not know. */
export function timesIn(zone: string): TimeReader {
  const offsetAt = offsetsIn(zone);
  return (text) => {
    const parts = TIME.exec(text.trim());
    if (parts === null) return undefined;
    const [, year, month, day, hour, minute, second = '0', offset] = parts;
    const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
    if (!isWall(wall, [year, month, day, hour, minute].map(Number))) return undefined;
    if (offset !== undefined) return once(wall - offsetOf(offset));
    return instantsOf(wall, offsetAt);
  };
}

const once = (at: Instant): ReadTime => ({ first: at, last: at });

/** "2024-02-31 25:00" is no time, though the language makes one of it. */
function isWall(wall: number, [year, month, day, hour, minute]: readonly number[]): boolean {
  const date = new Date(wall);
  return (
    date.getUTCFullYear() === year &&
    date.getUTCMonth() + 1 === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute
  );
}

function offsetOf(text: string): Millis {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function instantsOf(wall: number, offsetAt: (at: Instant) => Millis): ReadTime {
  const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
  if (before === after) return once(wall - before);
  const real = [wall - before, wall - after].filter((at) => wall - at === offsetAt(at)).sort((a, b) => a - b);
  // A clock that is set forward leaves times out; whoever wrote one of those had not set it yet.
  const [first = wall - before] = real;
  return { first, last: real.at(-1) ?? first };
}

function offsetsIn(zone: string): (at: Instant) => Millis {
  if (/^(?:utc|z|\+00:?00)$/i.test(zone)) return () => 0;
  if (/^[+-]\d{2}:\d{2}$/.test(zone)) return () => offsetOf(zone);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const kept = new Map<number, Millis>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const known = kept.get(quarter);
    if (known !== undefined) return known;
    if (kept.size >= KEPT) kept.clear();
    const offset = offsetBy(format, quarter * QUARTER);
    kept.set(quarter, offset);
    return offset;
  };
}

function offsetBy(format: Intl.DateTimeFormat, at: Instant): Millis {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
}
