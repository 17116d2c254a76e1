import type { OffsetAt } from '../local-time.ts';
import { posixZone } from './posix-zone.ts';

const HEADER = 44;

/** What clocks show from one change to the next. */
export interface Kind {
  /** Seconds to add to UTC. */
  readonly offset: number;
  readonly isSummer: boolean;
  /** Whether the change to it was written down in standard time, or in UTC; else by the clock. */
  readonly inStandard: boolean;
  readonly inUt: boolean;
}

export interface ZoneTable {
  /** Epoch seconds, rising. */
  readonly changes: readonly (readonly [time: number, to: Kind])[];
  readonly before: Kind;
  /** After the last change; null: nothing changes any more. */
  readonly after: OffsetAt | null;
}

/** A zone from a compiled file of the time zone database (RFC 9636); null for anything else. Leap seconds are left out. */
export function zoneFromFile(bytes: Uint8Array): OffsetAt | null {
  const table = readZoneFile(bytes);
  return table && zoneByTable(table);
}

export function readZoneFile(bytes: Uint8Array): ZoneTable | null {
  try {
    return readBlocks(bytes);
  } catch (fault) {
    if (fault instanceof RangeError) return null; // shorter than it says
    throw fault;
  }
}

function readBlocks(bytes: Uint8Array): ZoneTable | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== 0x545a6966) return null;
  const old = countsAt(view, 0);
  // The first block is for readers that know 32 bits only; old files have no other.
  if (view.getUint8(4) === 0) return { ...readBlock(view, HEADER, { ...old, width: 4 }), after: null };
  const start = HEADER + sizeOf(old, 4);
  const counts = countsAt(view, start);
  const block = readBlock(view, start + HEADER, { ...counts, width: 8 });
  return { ...block, after: posixZone(footerOf(bytes.subarray(start + HEADER + sizeOf(counts, 8)))) };
}

interface Counts {
  readonly isUt: number;
  readonly isStandard: number;
  readonly leaps: number;
  readonly times: number;
  readonly types: number;
  readonly signs: number;
}

function countsAt(view: DataView, start: number): Counts {
  const [isUt = 0, isStandard = 0, leaps = 0, times = 0, types = 0, signs = 0] = [20, 24, 28, 32, 36, 40].map((at) =>
    view.getUint32(start + at),
  );
  return { isUt, isStandard, leaps, times, types, signs };
}

function sizeOf({ isUt, isStandard, leaps, times, types, signs }: Counts, width: number): number {
  return times * (width + 1) + types * 6 + signs + leaps * (width + 4) + isStandard + isUt;
}

function readBlock(view: DataView, start: number, counts: Counts & { readonly width: 4 | 8 }): Omit<ZoneTable, 'after'> {
  const { times, types, width } = counts;
  const indexes = start + times * width;
  const flags = start + sizeOf({ ...counts, isStandard: 0, isUt: 0 }, width);
  const kinds = Array.from({ length: types }, (_, index): Kind => {
    const at = indexes + times + index * 6;
    return {
      offset: view.getInt32(at),
      isSummer: view.getUint8(at + 4) !== 0,
      inStandard: index < counts.isStandard && view.getUint8(flags + index) !== 0,
      inUt: index < counts.isUt && view.getUint8(flags + counts.isStandard + index) !== 0,
    };
  });
  const kindAt = (index: number): Kind => kinds[index] ?? outside();
  const timeAt = (at: number): number => (width === 4 ? view.getInt32(at) : Number(view.getBigInt64(at)));
  return {
    changes: Array.from({ length: times }, (_, i) => [timeAt(start + i * width), kindAt(view.getUint8(indexes + i))] as const),
    before: kinds.find(({ isSummer }) => !isSummer) ?? kindAt(0),
  };
}

function outside(): never {
  throw new RangeError('a kind of time that the file does not have');
}

/** The zone after the last change that the file knows, as text between line ends. */
function footerOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(1, bytes.indexOf(0x0a, 1)));
}

export function zoneByTable({ changes, before, after }: ZoneTable): OffsetAt {
  const last = changes.at(-1);
  return (epoch) => {
    if (after && last !== undefined && epoch >= last[0]) return after(epoch);
    return (changes.findLast(([time]) => time <= epoch)?.[1] ?? before).offset;
  };
}
