import type { Instant } from './time.ts';

/** A moment that somebody kept to compare with: how the network was then is how it should be. */
export interface Baseline {
  readonly id: number;
  readonly site: string;
  /** What it holds for: a target's text; null means everything. */
  readonly target: string | null;
  readonly at: Instant;
  /** Who made it, as the client said; null when it did not. */
  readonly by: string | null;
  readonly note: string | null;
}

export interface BaselineQuery {
  readonly site: string;
  /** Only those made for exactly this target; null: for everything. Left out: all. */
  readonly target?: string | null;
  readonly limit: number;
}
