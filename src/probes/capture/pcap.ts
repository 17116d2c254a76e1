/** Gets a captured frame and when the kernel saw it (epoch ms, with fractions). */
export type OnFrame = (frame: Uint8Array, stamp: number) => void;

export interface PcapReader {
  /** Takes the next piece of the stream. false: it is no capture of Ethernet, or no longer one; nothing after it makes sense. */
  write(chunk: Uint8Array): boolean;
}

interface Format {
  readonly little: boolean;
  /** How many units of the second half of a stamp make a millisecond. */
  readonly perMs: number;
}

/** The magic number tells the order of octets and whether stamps are in micro- or nanoseconds. */
const FORMATS: ReadonlyMap<number, Format> = new Map([
  [0xd4c3b2a1, { little: true, perMs: 1000 }],
  [0xa1b2c3d4, { little: false, perMs: 1000 }],
  [0x4d3cb2a1, { little: true, perMs: 1_000_000 }],
  [0xa1b23c4d, { little: false, perMs: 1_000_000 }],
]);

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET = 1;
/** Longer than any frame we ask for: the stream has lost its step. */
const LONGEST_FRAME = 65_536;

/** Reads a pcap stream in pieces of any size. Frames are views of the pieces: who keeps one copies it. Holds one unfinished frame at most. */
export function createPcapReader(onFrame: OnFrame): PcapReader {
  let pending: Uint8Array = new Uint8Array();
  let format: Format | undefined;
  let broken = false;
  /** How many octets at the start are done with; -1: nothing makes sense any more. */
  const take = (bytes: Uint8Array): number => {
    if (format !== undefined) return takeFrames(bytes, format, onFrame);
    if (bytes.length < FILE_HEADER) return 0;
    format = formatOf(bytes);
    const taken = format === undefined ? -1 : takeFrames(bytes.subarray(FILE_HEADER), format, onFrame);
    return taken < 0 ? -1 : FILE_HEADER + taken;
  };
  return {
    write(chunk) {
      if (broken) return false;
      const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const taken = take(bytes);
      broken = taken < 0;
      // A copy: a few octets must not hold on to the whole piece.
      pending = new Uint8Array(broken ? [] : bytes.subarray(taken));
      return !broken;
    },
  };
}

function formatOf(bytes: Uint8Array): Format | undefined {
  const view = viewOf(bytes);
  const format = FORMATS.get(view.getUint32(0));
  return format && (view.getUint32(20, format.little) & 0xffff) === ETHERNET ? format : undefined;
}

/** Hands on all whole frames and tells how many octets they took; -1 when a length is absurd. */
function takeFrames(bytes: Uint8Array, { little, perMs }: Format, onFrame: OnFrame): number {
  const view = viewOf(bytes);
  let offset = 0;
  while (offset + RECORD_HEADER <= bytes.length) {
    const length = view.getUint32(offset + 8, little);
    const wire = view.getUint32(offset + 12, little);
    if (length > LONGEST_FRAME || length > wire) return -1;
    const end = offset + RECORD_HEADER + length;
    if (end > bytes.length) break;
    const stamp = view.getUint32(offset, little) * 1000 + view.getUint32(offset + 4, little) / perMs;
    onFrame(bytes.subarray(offset + RECORD_HEADER, end), stamp);
    offset = end;
  }
  return offset;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
