import type { ChangeJson, HostJson, IncidentJson, RowJson, RunningScanJson } from '../../../src/contract/index.ts';

/** A scan under way, and how far it is; progress null: nothing is told of it yet. */
export type RunningScan = RunningScanJson;

export interface Counts {
  readonly devices: number;
  readonly present: number;
  readonly away: number;
  readonly unknown: number;
}

/** What the page knows without asking. Parts that did not change stay the same objects, so that only what shows them is drawn anew. */
export interface LiveState {
  /** Version of the daemon; null before the first word of it. */
  readonly version: string | null;
  readonly site: string | null;
  /** Number of the newest change. */
  readonly seq: number;
  /** By id, as a table shows them; the rest of a device is asked for. */
  readonly devices: ReadonlyMap<number, RowJson>;
  readonly counts: Counts;
  /** Newest first, of those told since the page was opened. */
  readonly feed: readonly ChangeJson[];
  readonly running: ReadonlyMap<number, RunningScan>;
  /** The newest hosts that scans under way found since the page was opened, newest first, by scan. */
  readonly found: ReadonlyMap<number, readonly HostJson[]>;
  /** Those told since the page was opened; the rest is asked for. */
  readonly incidents: ReadonlyMap<number, IncidentJson>;
  /** Grows with each word on what is watched, and on what was sent: a reason to ask again. */
  readonly targetsTold: number;
  readonly notificationsTold: number;
  readonly scansEnded: number;
}

export const NOTHING_YET: LiveState = {
  version: null,
  site: null,
  seq: 0,
  devices: new Map(),
  counts: { devices: 0, present: 0, away: 0, unknown: 0 },
  feed: [],
  running: new Map(),
  found: new Map(),
  incidents: new Map(),
  targetsTold: 0,
  notificationsTold: 0,
  scansEnded: 0,
};
