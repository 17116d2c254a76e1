import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that can be read at any place, as often as needed. */
export interface SeekableFile {
  readonly fd: number;
  /** Bytes when it was opened. */
  readonly size: number;
  /** Whether it is a copy of something that can be read only once: a pipe, a terminal. */
  readonly spooled: boolean;
  /** Fills the buffer from this place on, as far as the file goes; gives the number of bytes read. */
  read(buffer: Uint8Array, position: number): number;
  close(): void;
}

const PIECE = 1024 * 1024;

/**
 * Opens a file for reading, or takes an open one by its number; what can be read only once is copied to the disk first.
 * Throws what the system says, with its code.
 */
export function openSeekable(path: string | Buffer | number): SeekableFile {
  const fd = typeof path === 'number' ? path : openSync(path, 'r');
  try {
    const kind = fstatSync(fd);
    if (kind.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR', errno: -21, syscall: 'open', path });
    if (kind.isFile()) return seekable(fd, kind.size, false);
    const copy = spool(fd);
    closeSync(fd);
    return copy;
  } catch (fault) {
    closeSync(fd);
    throw fault;
  }
}

function seekable(fd: number, size: number, spooled: boolean): SeekableFile {
  return { fd, size, spooled, read: (buffer, position) => readFully(fd, buffer, position), close: () => closeSync(fd) };
}

/** Fills the buffer from this place of an open file on, as far as the file goes. */
export function readFully(fd: number, buffer: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(fd, buffer, filled, buffer.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

/** The copy has no name by the time it is filled: whatever ends us, nothing is left behind. */
function spool(from: number): SeekableFile {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const path = join(folder, 'spool');
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  rmdirSync(folder);
  try {
    return seekable(fd, copyTo(fd, from), true);
  } catch (fault) {
    closeSync(fd);
    throw fault;
  }
}

function copyTo(fd: number, from: number): number {
  const piece = Buffer.allocUnsafe(PIECE);
  let size = 0;
  for (let read = readNext(from, piece); read > 0; read = readNext(from, piece)) {
    for (let written = 0; written < read; ) written += writeSync(fd, piece, written, read - written);
    size += read;
  }
  return size;
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
