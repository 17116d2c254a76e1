import { type ComparisonItem, DIFFERENCE_KINDS, type DifferenceKind } from '../core/index.ts';
import type { Findings } from './compare-known.ts';

/** The sum of a comparison, as it grows. */
export class Tally {
  #same: number;
  #different = 0;
  #unknown = 0;
  #ignored = 0;
  readonly #kinds = new Map<DifferenceKind, number>();

  /** @param same devices known to be the same beforehand. */
  constructor(same: number) {
    this.#same = same;
  }

  add(findings: Findings): Findings {
    const { differences, unknown, ignored } = findings;
    if (differences.length > 0) this.#different++;
    else if (unknown.length > 0) this.#unknown++;
    else this.#same++;
    this.#ignored += ignored;
    for (const { kind } of differences) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    return findings;
  }

  sum(): Extract<ComparisonItem, { kind: 'sum' }> {
    const kinds = Object.fromEntries(DIFFERENCE_KINDS.flatMap((kind) => (this.#kinds.has(kind) ? [[kind, this.#kinds.get(kind)]] : [])));
    return { kind: 'sum', same: this.#same, different: this.#different, unknown: this.#unknown, kinds, ignored: this.#ignored };
  }
}
