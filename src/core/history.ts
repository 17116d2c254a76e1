import type { Address, AddressRange } from './address.ts';
import type { HistoryFormat } from './history-format.ts';
import type { HostName } from './host.ts';
import type { LabelEdit } from './labels.ts';
import type { Mac } from './mac.ts';
import type { ScanId, ScanReport } from './scan.ts';
import type { Instant } from './time.ts';
import type { Untrusted } from './untrusted.ts';

/** What another program says of one device at one stretch of time; both ends are told to the second, and a second is as long as it is. */
export interface PastSession {
  /** away: it looked, and the device was not there. What lies between sessions is unknown. */
  readonly presence: 'present' | 'away';
  readonly from: Instant;
  readonly to: Instant;
  readonly address: Address | null;
}

/** Many of them, made one by one as they are asked for. */
export interface PastSessions extends Iterable<PastSession> {
  readonly length: number;
}

/** What another program remembers of one device. */
export interface PastRecord {
  readonly mac: Mac;
  readonly vendor: Untrusted | null;
  readonly names: readonly HostName[];
  /** What its users said of the device, as they said it. */
  readonly said: Pick<LabelEdit, 'alias' | 'type' | 'owner' | 'note'> & { readonly group?: string };
  /** In any order; they may overlap. */
  readonly sessions: PastSessions;
}

/** A file of history on its way in. */
export interface HistoryFile {
  readonly name: Untrusted;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A row or a file that could not be used, and why. */
export interface RefusedLine {
  readonly file: Untrusted;
  /** Line or row in it; null: the file as a whole. */
  readonly line: number | null;
  readonly reason: string;
}

/** What a file was, and what was read of it. */
export interface HistorySource {
  readonly name: Untrusted;
  /** null: nothing could be made of it. */
  readonly format: HistoryFormat | null;
  /** The format was told by its content, not named by the user. */
  readonly guessed: boolean;
  /** SHA-256 of its content, in hex. */
  readonly digest: string;
  /** Rows, or hosts, that were used. */
  readonly rows: number;
  readonly refused: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** How its times were read, or what else its reader decided. */
  readonly notes: readonly string[];
}

/** What files of history say, before anything is made of it. */
export interface History {
  readonly records: readonly PastRecord[];
  /** Scans, oldest first; their own outcome and coverage hold. */
  readonly looks: readonly PastLook[];
  readonly sources: readonly HistorySource[];
  readonly refused: { readonly count: number; readonly first: readonly RefusedLine[] };
}

export interface PastLook {
  /** Of the file it is from. */
  readonly digest: string;
  readonly report: ScanReport;
}

export interface HistoryOptions {
  /** The format of all files; null: each is told by its content. */
  readonly from: HistoryFormat | null;
  /** Time zone of times that do not say theirs ("Europe/Berlin"). */
  readonly zone: string;
  readonly covers: readonly AddressRange[] | null;
  readonly now: Instant;
}

/** Reads what other programs remember. Executes nothing of it. A file it cannot use is told in `refused`, not thrown. */
export interface HistoryReader {
  read(files: AsyncIterable<HistoryFile> | Iterable<HistoryFile>, options: HistoryOptions): Promise<History>;
}

/** A file that was taken in, as the store keeps it. */
export interface ImportRecord {
  readonly id: number;
  readonly site: string;
  /** The commit that brought it. */
  readonly scan: ScanId;
  readonly format: HistoryFormat;
  readonly name: Untrusted;
  readonly digest: string;
  readonly at: Instant;
  readonly rows: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
}

/** Lines of refusal that are shown. */
export const REFUSED_SHOWN = 10;
