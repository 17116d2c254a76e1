import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = 1024 * 1024;

/** What can be read only once cannot be copied to the disk; `cause` is what the system says. */
export class NoCopy extends Error {
  constructor(cause: Error) {
    super(`copying to ${tmpdir()} what can be read only once: ${cause.message}`, { cause });
    this.name = 'NoCopy';
  }
}

/**
 * A pipe or the like, copied to the disk as far as it is asked for: so it can be read at any place. Whoever stops reading
 * early takes no more from it, even if it never ends.
 */
export class Spool {
  readonly #from: number;
  #copy: number | null = null;
  #size = 0;
  #ended = false;
  #piece = Buffer.alloc(0);

  /** `from`: open for reading; closed with the spool. */
  constructor(from: number) {
    this.#from = from;
  }

  /** Opens the copy and fills it up to this many bytes, or all there are. Throws {@link NoCopy}, or what the system says of reading. */
  reach(size: number): number {
    this.#copy ??= orNoCopy(openNameless);
    while (!this.#ended && this.#size < size) this.#takeMore(this.#copy);
    return this.#copy;
  }

  close(): void {
    if (this.#copy !== null) closeSync(this.#copy);
    closeSync(this.#from);
  }

  #takeMore(copy: number): void {
    if (this.#piece.length === 0) this.#piece = Buffer.allocUnsafe(PIECE);
    const read = readNext(this.#from, this.#piece);
    this.#ended = read === 0;
    for (let written = 0; written < read; ) written += orNoCopy(() => writeSync(copy, this.#piece, written, read - written));
    this.#size += read;
  }
}

/** The copy has no name by the time it is filled: whatever ends us, nothing is left behind. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const path = join(folder, 'spool');
  try {
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  } finally {
    rmdirSync(folder);
  }
}

function orNoCopy<T>(act: () => T): T {
  try {
    return act();
  } catch (fault) {
    throw fault instanceof Error ? new NoCopy(fault) : fault;
  }
}

/** Whoever gave us an open pipe may have set it not to wait for what comes: then we wait. */
const PAUSE = 5;

function readNext(fd: number, piece: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, piece);
    } catch (fault) {
      if ((fault as { code?: unknown }).code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
