import type { HostDiff } from './differences.ts';
import type { LocalTime } from './local-time.ts';
import type { NdiffHeader } from './scan.ts';

/** How a comparison is written down, piece after piece; the pieces joined are the whole text. */
export interface NdiffPrinter {
  /** What comes before the hosts. */
  open(a: NdiffHeader, b: NdiffHeader): string;
  /** One pair of hosts. Pairs without cost are only given when verbose. */
  host(diff: HostDiff): string;
  /** What comes after the hosts. */
  close(a: NdiffHeader, b: NdiffHeader): string;
}

export interface PrinterOptions {
  /** Says what is equal, too. */
  readonly verbose: boolean;
  readonly zone: LocalTime;
}
