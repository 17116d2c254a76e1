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
  const starts = new Set(wasAway.map(({ from }) => from));
  const rest = without(wasAway, come).filter(({ from }) => !starts.has(from));
  const fresh = [
    ...come.map((part): Stretch => ({ value: 'present', ...part })),
    ...[...gone, ...rest].map((part): Stretch => ({ value: 'away', ...part })),
  ];
  const begun = stored.flatMap(({ kind, from, to }) => (kind === 'presence' && to !== from ? [from] : []));
  return cutAt(
    fresh.sort((a, b) => a.from - b.from),
    begun.sort((a, b) => a - b),
  );
}

/** Where an older span begins inside, the word is said again from there: of two that begin at once the newer one counts. */
function cutAt(stretches: readonly Stretch[], begun: readonly Instant[]): Stretch[] {
  const cut: Stretch[] = [];
  let next = 0;
  for (const { value, from, to } of stretches) {
    let start = from;
    while (next < begun.length && (begun[next] as Instant) < to) {
      const at = begun[next++] as Instant;
      if (at <= start) continue;
      cut.push({ value, from: start, to: at });
      start = at;
    }
    cut.push({ value, from: start, to });
  }
  return cut;
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
