import type { OffsetAt } from '../local-time.ts';
import { posixZone } from './posix-zone.ts';

const HEADER = 44;

/** A zone from a compiled file of the time zone database (RFC 9636); null for anything else. Leap seconds are left out. */
export function zoneFromFile(bytes: Uint8Array): OffsetAt | null {
  try {
    return readZone(bytes);
  } catch (fault) {
    if (fault instanceof RangeError) return null; // shorter than it says
    throw fault;
  }
}

function readZone(bytes: Uint8Array): OffsetAt | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== 0x545a6966) return null;
  const old = countsAt(view, 0);
  // The first block is for readers that know 32 bits only; old files have no other.
  if (view.getUint8(4) === 0) return byTable(readTable(view, HEADER, { ...old, width: 4 }), null);
  const start = HEADER + sizeOf(old, 4);
  const counts = countsAt(view, start);
  const table = readTable(view, start + HEADER, { ...counts, width: 8 });
  return byTable(table, posixZone(footerOf(bytes.subarray(start + HEADER + sizeOf(counts, 8)))));
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

interface Table {
  /** Epoch seconds, rising. */
  readonly times: Float64Array;
  /** From each time on. */
  readonly offsets: readonly number[];
  readonly before: number;
}

function readTable(view: DataView, start: number, { times, types, width }: Counts & { readonly width: 4 | 8 }): Table {
  const kinds = start + times * width;
  const typeAt = (index: number): number => kinds + times + index * 6;
  const offsetOf = (index: number): number => view.getInt32(typeAt(index));
  const isSummer = (index: number): boolean => view.getUint8(typeAt(index) + 4) !== 0;
  const standard = Array.from({ length: types }, (_, index) => index).find((index) => !isSummer(index));
  return {
    times: Float64Array.from({ length: times }, (_, i) =>
      width === 4 ? view.getInt32(start + i * 4) : Number(view.getBigInt64(start + i * 8)),
    ),
    offsets: Array.from({ length: times }, (_, i) => offsetOf(view.getUint8(kinds + i))),
    before: offsetOf(standard ?? 0),
  };
}

/** The zone after the last change that the file knows, as text between line ends. */
function footerOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(1, bytes.indexOf(0x0a, 1)));
}

function byTable({ times, offsets, before }: Table, after: OffsetAt | null): OffsetAt {
  const last = times.at(-1);
  return (epoch) => {
    if (after && last !== undefined && epoch >= last) return after(epoch);
    const index = times.findLastIndex((time) => time <= epoch);
    return index < 0 ? before : (offsets[index] as number);
  };
}
