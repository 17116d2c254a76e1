import type { StripsJson } from '../../../../src/contract/index.ts';
import type { Row } from './row.ts';

/** When one device was here lately. Times in epoch ms. */
export interface Strip {
  readonly since: number;
  readonly until: number;
  readonly stretches: readonly Stretch[];
  readonly share: number | null;
}

export interface Stretch {
  readonly presence: Row['presence'];
  readonly from: number;
  readonly to: number;
}

/** Strips out of what the daemon tells of many devices: runs of slots become stretches. */
export function stripsOf({ since, until, seconds, strips }: StripsJson): Map<number, Strip> {
  const start = Date.parse(since);
  return new Map(
    strips.map(({ device, runs }) => [device, { since: start, until: Date.parse(until), ...stretchesOf(runs, start, seconds * 1000) }]),
  );
}

type Runs = StripsJson['strips'][number]['runs'];

function stretchesOf(runs: Runs, since: number, slot: number): Pick<Strip, 'stretches' | 'share'> {
  const stretches: Stretch[] = [];
  const slots = { present: 0, away: 0, unknown: 0, none: 0 };
  let from = since;
  for (const [presence, count] of runs) {
    const to = from + count * slot;
    slots[presence] += count;
    if (presence !== 'none') stretches.push({ presence, from, to });
    from = to;
  }
  const known = slots.present + slots.away;
  return { stretches, share: known === 0 ? null : slots.present / known };
}

export interface StripParts {
  /** Asks for at most {@link LOT} devices at once. */
  readonly ask: (ids: readonly number[], signal: AbortSignal) => Promise<ReadonlyMap<number, Strip>>;
  readonly now: () => number;
  /** Runs `work` soon: rows that only flew by meanwhile are not asked for. */
  readonly later: (work: () => void) => void;
}

/** Devices of one question. */
export const LOT = 200;
/** A strip is drawn to its own end, so it grows old. */
const FRESH = 5 * 60_000;
/** Devices remembered: more than anybody scrolls past in a while. */
const MOST = 2000;

interface Kept {
  readonly strip: Strip;
  /** As the row was when it was asked. */
  readonly presence: Row['presence'];
  readonly at: number;
}

/** Strips of the rows in sight: asked for in lots, kept, and asked anew when a device came or went. */
export function createStrips({ ask, now, later }: StripParts) {
  const kept = new Map<number, Kept>();
  const listeners = new Set<() => void>();
  const over = new AbortController();
  let wanted: readonly Row[] = [];
  let waiting = false;
  let asking = false;
  let version = 0;

  const isFresh = ({ id, presence }: Row): boolean => {
    const one = kept.get(id);
    return one !== undefined && one.presence === presence && now() - one.at < FRESH;
  };
  const keep = (rows: readonly Row[], strips: ReadonlyMap<number, Strip>): void => {
    for (const { id, presence } of rows) {
      kept.delete(id);
      const strip = strips.get(id) ?? { since: 0, until: 0, stretches: [], share: null };
      kept.set(id, { strip, presence, at: now() });
    }
    for (const id of kept.keys()) if (kept.size > MOST) kept.delete(id);
    version++;
    for (const listener of listeners) listener();
  };
  const askNext = async (): Promise<void> => {
    waiting = false;
    const lot = wanted.filter((row) => !isFresh(row)).slice(0, LOT);
    if (asking || lot.length === 0 || over.signal.aborted) return;
    asking = true;
    const strips = await ask(
      lot.map(({ id }) => id),
      over.signal,
    ).catch(() => null);
    asking = false;
    // What could not be had is asked for again when rows are next looked at.
    if (strips === null || over.signal.aborted) return;
    keep(lot, strips);
    void askNext();
  };
  return {
    /** These rows are in sight now. */
    want(rows: readonly Row[]): void {
      wanted = rows;
      if (waiting || asking || rows.every(isFresh)) return;
      waiting = true;
      later(() => void askNext());
    },
    of: (id: number): Strip | undefined => kept.get(id)?.strip,
    /** Grows with every answer. */
    version: () => version,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => over.abort(),
  };
}

export type Strips = ReturnType<typeof createStrips>;
