import type { Instant, Millis, Scan, TargetId } from '../core/index.ts';

/** How many looks are remembered of each target: what the longest tolerance at the quickest usual cadence needs. */
const REMEMBERED = 256;
/** Two looks further apart than this many intervals have a hole between them. */
const HOLE = 1.5;

interface Row {
  /** When the newest looks began, oldest first. */
  readonly starts: readonly Instant[];
  /** Since when looks have come without a hole. */
  readonly unbrokenSince: Instant;
}

/**
 * When each target was last looked at by a scan that could see. A failed scan, a busy lane or a machine at its limit leave
 * holes: who is missed by the first look after one has been missed once, however long ago it was seen.
 */
export class RecentLooks {
  readonly #rows = new Map<TargetId, Row>();

  /** Takes note of a committed scan; `cadence`: how often its target is looked at. */
  note({ target, outcome, coverage, startedAt }: Scan, cadence: Millis): void {
    const looked = (outcome === 'complete' || outcome === 'partial') && coverage !== null && coverage.addresses.length > 0;
    if (target === null || !looked) return;
    const known = this.#rows.get(target);
    const gap = startedAt - (known?.starts.at(-1) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back begins anew: nothing before it can be compared with what follows.
    const goesOn = known !== undefined && gap >= 0 && gap <= HOLE * Math.max(cadence, 1);
    this.#rows.set(target, {
      starts: [...(gap < 0 ? [] : (known?.starts ?? [])), startedAt].slice(-REMEMBERED),
      unbrokenSince: goesOn ? known.unbrokenSince : startedAt,
    });
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
