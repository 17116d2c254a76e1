import type { Instant, Span } from '../../core/index.ts';
import { before, type Interval, united, without } from './intervals.ts';
import type { Stretch } from './past-device.ts';

/**
 * What is new about when a device was there. What was watched ourselves, from `end` on, is left as it is; before that
 * whoever saw it is right. Where it had been called away, the rest of that time is told anew behind the insertion, since
 * of two spans the later one counts.
 */
export function newStretches(stored: readonly Span[], told: readonly Stretch[], end: Instant): Stretch[] {
  const known = resolved(stored);
  const of = (list: readonly Stretch[], value: Stretch['value']): Interval[] =>
    united(
      before(
        list.filter((stretch) => stretch.value === value),
        end,
      ),
    );
  const [wasHere, wasAway, here, away] = [of(known, 'present'), of(known, 'away'), of(told, 'present'), of(told, 'away')];
  const come = without(here, wasHere);
  const gone = without(without(without(away, wasHere), wasAway), here);
  const rest = wasAway.flatMap((time) => without([time], come).filter(({ from }) => from > time.from));
  return [
    ...come.map((part): Stretch => ({ value: 'present', ...part })),
    ...[...gone, ...rest].map((part): Stretch => ({ value: 'away', ...part })),
  ].sort((a, b) => a.from - b.from);
}

/** Spans as they count: each ends where a later one begins. */
function resolved(spans: readonly Span[]): Stretch[] {
  const ordered = spans
    .filter(({ kind, from, to }) => kind === 'presence' && to !== from)
    .sort((a, b) => a.from - b.from || a.openedBy - b.openedBy);
  return ordered.flatMap(({ value, from, to }, i) => {
    const next = ordered[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    const presence = value.split('@')[0];
    if (presence !== 'present' && presence !== 'away') return [];
    return [{ value: presence, from, to: Math.min(to ?? Number.POSITIVE_INFINITY, next) }];
  });
}
