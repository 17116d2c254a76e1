import type { AddressRange, Scan, Target, TargetId } from '../core/index.ts';
import type { TargetBook } from './target-book.ts';

/** A target and the addresses it stands for; those of a host name are where it was found last. */
export interface Place {
  readonly target: Target;
  readonly ranges: readonly AddressRange[];
}

/** Where the targets of the book lie. */
export class Places {
  readonly #book: TargetBook;
  readonly #found = new Map<TargetId, readonly AddressRange[]>();

  constructor(book: TargetBook) {
    this.#book = book;
  }

  /** Takes note of where a scan found its target. */
  note({ target, coverage }: Pick<Scan, 'target' | 'coverage'>): void {
    if (target !== null && coverage && coverage.addresses.length > 0) this.#found.set(target, coverage.addresses);
  }

  get all(): readonly Place[] {
    return this.#book.all.map((target) => ({
      target,
      ranges: target.spec.kind === 'ranges' ? target.spec.ranges : (this.#found.get(target.id) ?? []),
    }));
  }

  /** Targets that lie, in part at least, where a scan looked. */
  at(ranges: readonly AddressRange[]): readonly Place[] {
    return this.all.filter((place) => overlap(place.ranges, ranges));
  }
}

/** Whether any address lies in both. */
export function overlap(some: readonly AddressRange[], others: readonly AddressRange[]): boolean {
  return some.some((a) => others.some((b) => a.family === b.family && a.first <= b.last && b.first <= a.last));
}
