import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../../core/index.ts';

/** Files SQLite keeps beside a database; they take over its mode. */
export const SIDECARS = ['-wal', '-shm'] as const;

/** Whether there is a file with something in it; a folder or device is refused. */
export function hasContent(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw fileFault(Object.assign(new Error(), { code: 'EISDIR' }), `opening store ${path}`);
  return found !== undefined && found.size > 0;
}

/** Makes sure the file is there and only its owner may read it: names of a household's devices are nobody else's. */
export function makePrivate(path: string): void {
  try {
    makeFolder(dirname(path));
    closeSync(openSync(path, 'a', 0o600));
    for (const file of [path, ...SIDECARS.map((suffix) => path + suffix)]) if (existsSync(file)) chmodSync(file, 0o600);
  } catch (thrown) {
    throw fileFault(thrown, `opening store ${path}`);
  }
}

/** Like `recursive`, which never comes back where a folder cannot be made at all (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (!existsSync(path)) throw thrown; // another process was quicker
  }
}

/** Creates an empty file of our own; refuses to touch one that exists. */
export function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (thrown) {
    throw fileFault(thrown, `writing copy ${path}`);
  }
}

/** Makes renames in a folder survive a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** What the file system refused, as a Fault that says what to do. */
export function fileFault(thrown: unknown, doing: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const [reason, remedy] = REFUSALS[code] ?? [];
  if (reason === undefined) return thrown;
  return new Fault(code === 'EEXIST' ? 'refused' : 'unavailable', `${doing}: ${reason}`, remedy);
}

const REFUSALS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EEXIST: ['the file exists already', 'name a file that does not exist yet'],
  ENOENT: ['there is no such folder or file', 'check the path'],
  ENOTDIR: ['a part of the path is no folder', 'check the path'],
  EISDIR: ['it is no file', 'name a file'],
  EACCES: ['this user may not use it', 'make the folder and the file readable and writable for this user'],
  EPERM: ['this user may not use it', 'make the folder and the file belong to this user'],
  EROFS: ['the disk is read-only', 'mount it for writing, or use another path'],
  ENOSPC: ['the disk is full', 'free some space on it'],
  EDQUOT: ['the disk quota is used up', 'free some space'],
  EIO: ['the disk failed', 'check the disk'],
};
