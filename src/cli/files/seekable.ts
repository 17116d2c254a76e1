import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Spool } from './spool.ts';

/** A file that can be read at any place, as often as needed. */
export interface SeekableFile {
  readonly fd: number;
  /** Bytes when it was opened; 0 for what can be read only once: nobody knows. */
  readonly size: number;
  /** Whether it can be read only once (a pipe, a terminal), and is copied to the disk as it is read. */
  readonly spooled: boolean;
  /** Fills the buffer from this place on, as far as the file goes; gives the number of bytes read. */
  read(buffer: Uint8Array, position: number): number;
  close(): void;
}

/**
 * Opens a file for reading, or takes an open one by its number. Throws what the system says, with its code; reading what
 * can be read only once may throw {@link NoCopy}.
 */
export function openSeekable(path: string | Buffer | number): SeekableFile {
  const fd = typeof path === 'number' ? path : openSync(path, 'r');
  try {
    const kind = fstatSync(fd);
    if (kind.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR', errno: -21, syscall: 'open', path });
    return kind.isFile() ? plain(fd, kind.size) : spooled(fd);
  } catch (fault) {
    closeSync(fd);
    throw fault;
  }
}

function plain(fd: number, size: number): SeekableFile {
  return { fd, size, spooled: false, read: (buffer, position) => readFully(fd, buffer, position), close: () => closeSync(fd) };
}

function spooled(fd: number): SeekableFile {
  const spool = new Spool(fd);
  const read = (buffer: Uint8Array, position: number): number => readFully(spool.reach(position + buffer.length), buffer, position);
  return { fd, size: 0, spooled: true, read, close: () => spool.close() };
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
