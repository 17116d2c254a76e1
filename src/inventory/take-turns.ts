import { type Instant, type Millis, shortHash, type Turns } from '../core/index.ts';

/** For so long several answers are known to take turns; after that one that comes back is told again. */
const TURNS_LAST: Millis = 30 * 24 * 3_600_000;
/** Former answers that are remembered of each part: a hostile service has a new one each time. */
const FORMER_KEPT = 4;

interface Answers {
  /** What lasts of the answer believed until now, and of the one that was seen. */
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
}

/**
 * What to make of another answer than the one believed. An answer that was there before comes back as it does with several
 * servers behind one address: that is believed and told once more, and from then on whichever of them answers is as good as the
 * other (null: go on believing). One that was never there is news at any time.
 */
export function takeTurn(turns: Turns | undefined, { from, to, at }: Answers): Turns | null {
  const [fromHash, toHash] = [shortHash(from), shortHash(to)];
  const former = (turns?.former ?? []).filter(([, until]) => at - until < TURNS_LAST);
  const returns = former.some(([hash]) => hash === toHash);
  const since = turns?.since ?? null;
  if (returns && since !== null && at - since < TURNS_LAST) return null;
  const others = former.filter(([hash]) => hash !== toHash && hash !== fromHash);
  const kept = [[fromHash, at] as const, ...others].slice(0, FORMER_KEPT);
  return { former: kept, since: returns ? at : null };
}
