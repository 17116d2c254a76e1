import { judgeNdiff } from './judge-ndiff.ts';
import { judgeView } from './judge-view.ts';
import type { Mutant } from './mutant.ts';
import type { Tally } from './tally.ts';

/** Ways in which a scan is read: as `rollcall ndiff` does, as `rollcall diff` does. */
export const WAYS = { ndiff: judgeNdiff, view: judgeView };
export type Way = keyof typeof WAYS;

/** Throws when a mutant is not taken as it should be. */
export async function judge(mutant: Mutant, ways: readonly Way[], tally: Tally): Promise<void> {
  for (const way of ways) await WAYS[way](mutant, tally);
}
