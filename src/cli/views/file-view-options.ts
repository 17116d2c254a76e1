import type { AddressRange, Instant } from '../../core/index.ts';

/** How a file is to be seen. */
export interface FileViewOptions {
  /** What it is called for people; its path as given when left out. */
  readonly title?: string;
  /** Addresses the user says were scanned, when the file does not tell. */
  readonly covers?: readonly AddressRange[];
  readonly now: Instant;
}
