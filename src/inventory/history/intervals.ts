import type { Instant } from '../../core/index.ts';

/** From a moment on, up to another that is no longer in it. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

const byStart = (a: Interval, b: Interval): number => a.from - b.from;

/** The same time as intervals that neither overlap nor touch, in order. */
export function united(intervals: readonly Interval[]): Interval[] {
  const whole: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of [...intervals].sort(byStart)) {
    const last = whole.at(-1);
    if (to <= from) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}

/** What is left of some time without other time, both united. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let start = 0;
  for (const { from, to } of intervals) {
    while (start < others.length && (others[start] as Interval).to <= from) start++;
    let end = start;
    while (end < others.length && (others[end] as Interval).from < to) end++;
    for (const gap of gaps({ from, to }, others.slice(start, end))) left.push(gap);
  }
  return left;
}

/** What is left of one stretch between others that reach into it. */
function gaps({ from, to }: Interval, others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let at = from;
  for (const other of others) {
    if (other.from > at) left.push({ from: at, to: other.from });
    at = Math.max(at, other.to);
  }
  if (at < to) left.push({ from: at, to });
  return left;
}

/** What lies before a moment. */
export const before = (intervals: readonly Interval[], end: Instant): Interval[] =>
  intervals.flatMap(({ from, to }) => (from < end ? [{ from, to: Math.min(to, end) }] : []));
