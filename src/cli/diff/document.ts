import type { ComparisonItem } from '../../core/index.ts';

export interface DocumentOptions {
  /** Tell also every device of which nothing can be said. */
  readonly verbose: boolean;
  /** Only the sides and the sum. */
  readonly summary: boolean;
}

/** Makes one text of a comparison, piece by piece. */
export type Document = (items: AsyncIterable<ComparisonItem>, options: DocumentOptions) => AsyncIterable<string>;
