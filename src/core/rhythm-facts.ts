import type { Rhythm } from './device.ts';
import type { Fact } from './fact.ts';

/** Counts are remembered to the eighth: 1, 8, 64, ... A device that answers for a year writes seven facts, not one a minute (law 3). */
export function rhythmFacts(rhythm: Rhythm | null): Fact[] {
  return rhythm === null ? [] : [{ kind: 'rhythm', key: '', value: rhythm.silences.map(roughCount).join() }];
}

/** A count as it is remembered. */
export const roughCount = (count: number): number => (count === 0 ? 0 : 8 ** Math.floor(Math.log2(count) / 3));

/** What {@link rhythmFacts} wrote. */
export function rhythmFromFact(fact: Fact | undefined): Rhythm | null {
  return fact === undefined ? null : { silences: fact.value.split(',').map(Number) };
}
