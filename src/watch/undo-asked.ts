import type { DeviceId, Instant } from '../core/index.ts';
import type { Asker } from './asker.ts';

/** What it takes to do something, and so to take it back. */
export type DeedScope = 'read' | 'ack' | 'edit' | 'admin';

/** Something a person did that can be taken back for some minutes. */
export interface Undoable {
  /** Holds for this process only: what was done before a restart cannot be taken back this way. */
  readonly ref: string;
  /** Operation of the contract that did it, "devices.edit". */
  readonly operation: string;
  /** One line for people. May hold text from the network. */
  readonly what: string;
  /** The devices it was about, at most 100 of them. */
  readonly devices: readonly DeviceId[];
  readonly at: Instant;
  /** When it can be taken back no longer. */
  readonly until: Instant;
  readonly scope: DeedScope;
}

/** What taking back came to. */
export interface Undone {
  readonly ref: string;
  readonly what: string;
  /** What is not as it was all the same; null: all is. */
  readonly note: string | null;
}

/** What was done lately, and how it is taken back. */
export interface Undoing {
  /** Newest first; what the asker may take back. */
  undoable(asker: Asker): readonly Undoable[];
  /**
   * Faults: not-found (unknown, too old, or taken back already), refused (the asker may not), conflict (it was changed since: then
   * nothing is taken back).
   */
  undo(ref: string, asker: Asker): Promise<Undone>;
}
