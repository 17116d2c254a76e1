/** What became of mutants. */
export interface Tally {
  /** Taken for scans, as Ndiff would. */
  read: number;
  /** Not well-formed, or nothing Ndiff takes. */
  refused: number;
  /** Their hosts have no order: Ndiff dies of them. */
  unordered: number;
  /** They differ from what they were before. */
  different: number;
  /** Seen as views of the network. */
  views: number;
  /** Those of them that are said to be partial. */
  partial: number;
}

export const emptyTally = (): Tally => ({ read: 0, refused: 0, unordered: 0, different: 0, views: 0, partial: 0 });

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) for (const kind of Object.keys(sum) as (keyof Tally)[]) sum[kind] += tally[kind];
  return sum;
}
