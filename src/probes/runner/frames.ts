/** What passes between daemon and runner: the kind, the job's number and the length, then so many bytes. */
export const FRAME = { hello: 1, job: 2, signal: 3, out: 4, err: 5, end: 6 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

export interface Frame {
  readonly kind: FrameKind;
  /** Number of the job that it is about, chosen by whoever orders it; 0: of none. */
  readonly job: number;
  readonly body: Uint8Array;
}

const HEADER = 9;
const KINDS: ReadonlySet<number> = new Set(Object.values(FRAME));

/** Bytes of one frame at most: an order of some thousand addresses, or what a pipe holds. */
export const LONGEST_FRAME = 1024 * 1024;

export function frameBytes({ kind, job, body }: Frame): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEADER + body.length);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt32BE(job, 1);
  bytes.writeUInt32BE(body.length, 5);
  bytes.set(body, HEADER);
  return bytes;
}

export const textFrame = (kind: FrameKind, job: number, value: unknown): Uint8Array =>
  frameBytes({ kind, job, body: Buffer.from(JSON.stringify(value)) });

/** The JSON of a frame; undefined when it is none. */
export function bodyOf({ body }: Frame): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

export interface FrameReader {
  /** false: what comes makes no sense, and nothing more should be read of it. */
  write(chunk: Uint8Array): boolean;
  /** Whether a frame has begun that is not there as a whole. */
  readonly halfway: boolean;
}

/** Cuts a stream into frames. Keeps one frame at most, however slowly it comes. */
export function createFrameReader(onFrame: (frame: Frame) => void, longest: number = LONGEST_FRAME): FrameReader {
  const header = Buffer.alloc(HEADER);
  let filled = 0;
  let body: Buffer | null = null;
  let had = 0;
  /** Takes from a chunk, and gives how many bytes; -1 when they make no sense. */
  const takeHeader = (chunk: Uint8Array): number => {
    const taken = Math.min(HEADER - filled, chunk.length);
    header.set(chunk.subarray(0, taken), filled);
    filled += taken;
    if (filled < HEADER) return taken;
    const length = header.readUInt32BE(5);
    if (!KINDS.has(header.readUInt8(0)) || length > longest) return -1;
    body = Buffer.allocUnsafeSlow(length);
    had = 0;
    return taken;
  };
  const takeBody = (chunk: Uint8Array, into: Buffer): number => {
    const taken = Math.min(into.length - had, chunk.length);
    into.set(chunk.subarray(0, taken), had);
    had += taken;
    return taken;
  };
  const deliver = (whole: Buffer): void => {
    body = null;
    filled = 0;
    onFrame({ kind: header.readUInt8(0) as FrameKind, job: header.readUInt32BE(1), body: whole });
  };
  const take = (chunk: Uint8Array): number => {
    const taken = body === null ? takeHeader(chunk) : takeBody(chunk, body);
    if (body !== null && had === body.length) deliver(body);
    return taken;
  };
  return {
    write(chunk) {
      let at = 0;
      while (at < chunk.length) {
        const taken = take(chunk.subarray(at));
        if (taken < 0) return false;
        at += taken;
      }
      return true;
    },
    get halfway() {
      return filled > 0;
    },
  };
}
