import type { Instant, Millis, Scan, TargetId } from '../core/index.ts';
import { intervalFor } from './due.ts';

/** How many looks are remembered of each target: what the longest tolerance at the quickest usual cadence needs. */
const REMEMBERED = 256;
/** Two looks further apart than this many intervals have a hole between them. */
const HOLE = 1.5;

interface Row {
  /** When the newest looks began, oldest first. */
  readonly starts: readonly Instant[];
  /** Since when looks have come without a hole. */
  readonly unbrokenSince: Instant;
  /** How often it is really looked at: sweeps that take long are made more seldom. */
  readonly interval: Millis;
}

/**
 * When each target was last looked at by a scan that could see. A failed scan, a busy lane or a machine at its limit leave
 * holes: who is missed by the first look after one has been missed once, however long ago it was seen.
 */
export class RecentLooks {
  readonly #rows = new Map<TargetId, Row>();
  readonly #before = new Map<TargetId, Millis>();

  /** Takes note of a committed scan; `cadence`: how often its target is looked at. */
  note(scan: Scan, cadence: Millis): void {
    const { target, startedAt } = scan;
    if (target === null || !hasLooked(scan)) return;
    const known = this.#rows.get(target);
    const interval = intervalAfter(scan, cadence) ?? known?.interval ?? cadence;
    this.#rows.set(target, known ? nextRow(known, startedAt, interval) : { starts: [startedAt], unbrokenSince: startedAt, interval });
  }

  /** How often a target is really looked at; 0 while nobody has. */
  intervalOf(target: TargetId): Millis {
    return this.#rows.get(target)?.interval ?? this.#before.get(target) ?? 0;
  }

  /** Takes note of a scan of an earlier process: it says how long a look takes, and is no look of this one. */
  noteEarlier(scan: Scan, cadence: Millis): void {
    const interval = hasLooked(scan) ? intervalAfter(scan, cadence) : null;
    if (scan.target !== null && interval !== null) this.#before.set(scan.target, interval);
  }

  /** When the looks at these targets began, newest first. */
  starts(targets: readonly TargetId[]): readonly Instant[] {
    return targets.flatMap((target) => this.#rows.get(target)?.starts ?? []).sort((a, b) => b - a);
  }

  /** Since when these targets, or one of them, have been looked at without a hole; null: not yet. */
  unbrokenSince(targets: readonly TargetId[]): Instant | null {
    const rows = targets.flatMap((target) => this.#rows.get(target)?.unbrokenSince ?? []);
    return rows.length === 0 ? null : Math.min(...rows);
  }
}

/** By how long a sweep took; other looks do not say how often sweeps come. */
function intervalAfter({ plan, startedAt, finishedAt }: Scan, cadence: Millis): Millis | null {
  return plan === 'sweep' && cadence > 0 && finishedAt !== null ? intervalFor(cadence, Math.max(0, finishedAt - startedAt)) : null;
}

/** Whether a scan could see, and asked for somebody's presence. */
export const hasLooked = ({ outcome, coverage }: Scan): boolean =>
  (outcome === 'complete' || outcome === 'partial') && coverage !== null && coverage.addresses.length > 0;

function nextRow(known: Row, startedAt: Instant, interval: Millis): Row {
  const gap = startedAt - (known.starts.at(-1) ?? startedAt);
  const goesOn = gap >= 0 && gap <= HOLE * Math.max(interval, known.interval, 1);
  return {
    // A clock that was set back begins anew: nothing before it can be compared with what follows.
    starts: [...(gap < 0 ? [] : known.starts), startedAt].slice(-REMEMBERED),
    unbrokenSince: goesOn ? known.unbrokenSince : startedAt,
    interval,
  };
}
