import type { Instant } from './time.ts';

/** Proof of the right to write: a commit with an older fence than the store's is refused. */
export interface Lease {
  readonly fence: number;
}

export interface LeaseHolder {
  /** Random id of this process's run. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process started, so that a reused pid is not mistaken for the holder. */
  readonly startedAt: Instant;
}

export type LeaseAnswer =
  | { readonly granted: true; readonly lease: Lease }
  | { readonly granted: false; readonly holder: LeaseHolder; readonly until: Instant };
