import type { ApiContext } from '../../api/index.ts';

export type Keeper = ApiContext['keeper'];
export type FeedItem = Parameters<Parameters<Keeper['subscribe']>[0]>[0];

/** Meters of one subject. */
export interface Meters {
  /** What they are of, in a word. */
  readonly subject: string;
  /** Takes note of what happens. Quick. */
  note?(item: FeedItem): void;
  /** Asks what has to be waited for, before the reading. What cannot be had now stays as it was. */
  ask?(): Promise<void>;
  /** Sets every meter to what it is now; in one turn, so that no reading is half of another. */
  read(): void;
}
