import type { HistoryFormat, HistoryOptions, Instant, PastLook, Untrusted } from '../../../core/index.ts';
import type { HistoryDraft } from './draft.ts';
import type { TimeReader } from './local-times.ts';

/** What a reader of one file needs. */
export interface FileScene {
  readonly name: Untrusted;
  readonly draft: HistoryDraft;
  readonly options: HistoryOptions;
  readonly times: TimeReader;
}

/** What became of a file. */
export interface FileRead {
  readonly format: HistoryFormat;
  readonly rows: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly notes: readonly string[];
  readonly look: PastLook['report'] | null;
}

/** Reads one file, as its bytes come. Refuses rows to the draft; throws Unusable when the file as a whole is none. */
export interface FileReader {
  write(chunk: Uint8Array): void;
  end(): FileRead;
}

/** Counts rows that were used, and between which moments they lie. */
export class Tally {
  rows = 0;
  firstAt: Instant | null = null;
  lastAt: Instant | null = null;

  row(...times: readonly Instant[]): void {
    this.rows++;
    for (const at of times) {
      this.firstAt = Math.min(this.firstAt ?? at, at);
      this.lastAt = Math.max(this.lastAt ?? at, at);
    }
  }
}

/** How times were read that say no zone, for whoever named none. */
export const zoneNote = ({ options: { zone } }: FileScene): string => `times without a zone of their own are read in ${zone}`;
