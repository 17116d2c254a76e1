import type { Change, ChangeDraft, Commit, Device, DeviceId, Instant, Scan, ScanReport } from '../core/index.ts';
import type { Amendment, Fold, PresenceRules, Roll } from '../inventory/index.ts';

/** A report on its way into the store. */
export interface Entry {
  /** The scan as begun, with its id. */
  readonly scan: Scan;
  readonly report: ScanReport;
  /** Rules for the moment the report speaks of; asked when its turn has come. */
  readonly rules: (at: Instant) => PresenceRules;
  /** Who was asked directly and kept silent: only they may be called away. Left out: nobody could be asked. */
  readonly silent?: ReadonlySet<DeviceId>;
  /** What is to be told besides; asked when its turn has come, so that two reports never say it twice. */
  readonly also?: (fold: Fold) => readonly ChangeDraft[];
}

/** What was heard in passing, on its way into the store. */
export interface HeardEntry extends Omit<Entry, 'scan'> {
  /** The wire. */
  readonly subject: string;
}

/** A scan that was kept, with what it changed. */
export interface Kept {
  readonly scan: Scan;
  readonly changes: readonly Change[];
}

/** What a person says. */
export interface Word {
  /** Who said what, in words: "device set, by anna". */
  readonly said: string;
  readonly at: Instant;
  /** What it makes of the roll as it then is. May throw a Fault; then nothing is written. */
  readonly of: (roll: Roll) => Amendment;
}

/** What others remember, on its way into the store. */
export interface Brought extends Pick<Commit, 'created' | 'spans' | 'sightings' | 'changes'>, Required<Pick<Commit, 'imported'>> {
  readonly scan: Omit<Commit['scan'], 'id' | 'run' | 'changes'>;
  readonly touched: readonly { readonly after: Device }[];
}
