import type { Instant } from '../core/index.ts';

/** When something is to be looked at again, earliest first: a leftist heap, of which every version stays as it was. */
export interface Alarms {
  readonly at: Instant;
  readonly id: number;
  readonly rank: number;
  readonly left: Alarms | null;
  readonly right: Alarms | null;
}

export const withAlarm = (alarms: Alarms | null, at: Instant, id: number): Alarms =>
  joined(alarms, { at, id, rank: 1, left: null, right: null }) as Alarms;

/** Without the earliest one. */
export const withoutFirst = ({ left, right }: Alarms): Alarms | null => joined(left, right);

function joined(a: Alarms | null, b: Alarms | null): Alarms | null {
  if (a === null || b === null) return a ?? b;
  const [first, other] = isBefore(b, a) ? [b, a] : [a, b];
  const right = joined(first.right, other);
  const { left } = first;
  return rankOf(left) >= rankOf(right)
    ? { ...first, left, right, rank: rankOf(right) + 1 }
    : { ...first, left: right, right: left, rank: rankOf(left) + 1 };
}

const isBefore = (a: Alarms, b: Alarms): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);

const rankOf = (alarms: Alarms | null): number => alarms?.rank ?? 0;
