import { ORPCError } from '@orpc/contract';
import type { Answered } from '../core/index.ts';

/** Members of an input that say what is meant. None of them is ever a secret; whatever else is brought is not kept. */
const TELLING = [
  'reference',
  'name',
  'user',
  'id',
  'ids',
  'device',
  'devices',
  'into',
  'target',
  'targets',
  'plan',
  'role',
  'scopes',
  'owner',
  'group',
  'to',
  'until',
  'path',
] as const;

/** Longest value, and longest line, in characters. */
const VALUE = 80;
const LINE = 200;

/** What an input names, as one line: `name=kitchen role=viewer`. Read before anybody judged the input, so it may be anything. */
export function namedIn(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const told = TELLING.flatMap((key) => {
    const text = Object.hasOwn(input, key) ? valueText((input as Record<string, unknown>)[key]) : '';
    return text === '' ? [] : [`${key}=${text}`];
  });
  return cut(told.join(' '), LINE);
}

/** Numbers and words, several with commas; nothing for what is deeper. */
function valueText(value: unknown): string {
  const values = Array.isArray(value) ? value.slice(0, VALUE) : [value];
  const words = values.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
  return cut(words.join(',').replace(UNPRINTABLE, ' '), VALUE);
}

/** Line breaks, other controls, marks of direction: a line stays a line. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text);

const REFUSALS: ReadonlySet<string> = new Set(['bad-input', 'refused', 'not-found', 'conflict', 'BAD_REQUEST']);

/** What came of an operation that threw. */
export const answeredBy = (failure: unknown): Answered =>
  failure instanceof ORPCError && REFUSALS.has(String(failure.code)) ? 'refused' : 'failed';
