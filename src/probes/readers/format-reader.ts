import type { ForeignScan } from './foreign-scan.ts';

/** Reads one format, as its bytes come. */
export interface FormatReader {
  write(chunk: Uint8Array): void;
  /** Throws a Fault when it was not that format after all. */
  end(): ForeignScan;
}
