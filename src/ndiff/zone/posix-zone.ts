import type { OffsetAt } from '../local-time.ts';
import { changeIn, NO_RULE, type Rule, readRule, type Scanner } from './posix-rule.ts';

const HOUR = 3600;

/** Seconds to add to UTC. */
export interface Offsets {
  readonly standard: number;
  readonly summer: number;
}

/**
 * A zone such as "CET-1CEST,M3.5.0,M10.5.0/3", as glibc reads it; null when it is none. What is wrong in the middle ends the
 * reading, no more. `usual`: the zone when it is not said when summer is.
 */
export function posixZone(text: string, usual: (offsets: Offsets) => OffsetAt | null = () => null): OffsetAt | null {
  const scanner = { rest: text };
  const standard = readName(scanner) ? readOffset(scanner) : undefined;
  if (standard === undefined) return null;
  if (!readName(scanner)) return scanner.rest === '' ? () => standard : null;
  const summer = readOffset(scanner) ?? standard + HOUR;
  return unruled(scanner, () => usual({ standard, summer })) ?? byRules({ standard, summer, ...readRules(scanner) });
}

function unruled({ rest }: Scanner, usual: () => OffsetAt | null): OffsetAt | null {
  return rest === '' || rest === ',' ? usual() : null;
}

function readRules(scanner: Scanner): Pick<Summer, 'begin' | 'end'> {
  const begin = readRule(scanner, 'M3.2.0');
  const end = begin === undefined ? undefined : readRule(scanner, 'M11.1.0');
  return { begin: begin ?? NO_RULE, end: end ?? NO_RULE };
}

function readName(scanner: Scanner): boolean {
  return take(scanner, /^(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)/) !== null;
}

/** Seconds to add to UTC: the sign is the other way round. Hours that no day has count as a day's. */
function readOffset(scanner: Scanner): number | undefined {
  const match = take(scanner, /^([+-]?)(\d+)(?::(\d+))?(?::(\d+))?/);
  if (match === null) return undefined;
  const [, sign, hours, minutes, seconds] = match;
  const size = atMost(24, hours) * HOUR + atMost(59, minutes) * 60 + atMost(59, seconds);
  return sign === '-' ? size : 0 - size;
}

const atMost = (most: number, digits: string | undefined): number => Math.min(most, Number(digits ?? 0));

function take(scanner: Scanner, pattern: RegExp): RegExpExecArray | null {
  const match = pattern.exec(scanner.rest);
  if (match) scanner.rest = scanner.rest.slice(match[0].length);
  return match;
}

interface Summer extends Offsets {
  readonly begin: Rule;
  readonly end: Rule;
}

function byRules({ standard, summer, begin, end }: Summer): OffsetAt {
  return (epoch) => {
    // Before 1970 the year of the changes stays 1970: as glibc, nobody's summers then followed these rules.
    const year = Math.max(1970, new Date(epoch * 1000).getUTCFullYear());
    const from = changeIn(year, begin) - standard;
    const to = changeIn(year, end) - summer;
    // In the south the year begins in summer.
    const isSummer = from > to ? epoch < to || epoch >= from : epoch >= from && epoch < to;
    return isSummer ? summer : standard;
  };
}
