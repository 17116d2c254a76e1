import { bad, good, type Result } from '../core/index.ts';

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, words: MONTHS },
  { name: 'weekday', low: 0, high: 7, words: WEEKDAYS },
];
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const REMEDY = 'write five fields: minute hour day month weekday, like "0 3 * * *" for each night at three';

/** Reads a cron line of the plain five fields, strictly; gives it back with single spaces. */
export function readCron(text: string): Result<string> {
  const parts = text.trim().split(/\s+/);
  if (text.length > 200 || parts.length !== FIELDS.length) return bad(`${show(text)} is not a cron line of five fields`, REMEDY);
  const sets: (readonly number[])[] = [];
  for (const [i, field] of FIELDS.entries()) {
    const set = readField(parts[i] as string, field);
    if (!set) return bad(`${show(parts[i] as string)} cannot stand for the ${field.name} in a cron line`, rangeRemedy(field));
    sets.push(set);
  }
  if (neverComes(sets, parts[4] as string)) return bad(`${show(text)} names a day that no month has`, 'choose a day the month has');
  return good(parts.join(' '));
}

/** The values of a field; undefined when any part of it is not one. */
function readField(text: string, field: Field): number[] | undefined {
  const parts = text.split(',').map((part) => readPart(part, field));
  return parts.every((values) => values !== undefined) ? parts.flat() : undefined;
}

function readPart(text: string, field: Field): number[] | undefined {
  const match = /^(?:\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/([1-9]\d?))?$/i.exec(text);
  if (!match) return undefined;
  const first = match[1] === undefined ? field.low : valueOf(match[1], field);
  const last = lastOf({ range: match[2], step: match[3], first: match[1] }, field);
  if (first === undefined || last === undefined || first > last) return undefined;
  const step = Number(match[3] ?? 1);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

/** "5" ends at itself, "5/10" and "*" at the field's end, "5-9" where it says. */
function lastOf(
  part: { range: string | undefined; step: string | undefined; first: string | undefined },
  field: Field,
): number | undefined {
  if (part.range !== undefined) return valueOf(part.range, field);
  if (part.first === undefined || part.step !== undefined) return field.high;
  return valueOf(part.first, field);
}

function valueOf(text: string, field: Field): number | undefined {
  const word = field.words?.indexOf(text.toLowerCase()) ?? -1;
  if (word >= 0) return word + field.low;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.low && value <= field.high ? value : undefined;
}

function neverComes(sets: readonly (readonly number[])[], weekday: string): boolean {
  if (weekday !== '*') return false;
  const [, , days = [], months = []] = sets;
  return months.every((month) => days.every((day) => day > (LONGEST_MONTH[month - 1] as number)));
}

const rangeRemedy = ({ low, high, words }: Field): string =>
  `write numbers from ${low} to ${high}${words ? `, or ${words[0]} to ${words.at(-1)}` : ''}, as in 1,5 or 1-5 or */2`;

const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
