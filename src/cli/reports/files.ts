import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../core/index.ts';

/** A file that is written whole under a name nobody looks for, until it is given its own. */
export interface Staged {
  readonly path: string;
  /** Gives it its name, in place of what had it. */
  publish(): Promise<void>;
  drop(): Promise<void>;
}

export const STAGED = /^\.[a-z]+-[\w.-]+\.part$/;

type Content = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Writes a file next to where it will be, down to the disk, for its owner alone. Fault when there is no room; then nothing is left. */
export async function stage(path: string, content: Content, mode = 0o600): Promise<Staged> {
  await refuseOther(path);
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode);
    await writeAll(file, content);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => {});
    throw faultOf(thrown, path);
  }
  return {
    path: draft,
    async publish() {
      try {
        await rename(draft, path);
        await syncFolder(dirname(path));
      } catch (thrown) {
        await rm(draft, { force: true }).catch(() => {});
        throw faultOf(thrown, path);
      }
    },
    drop: () => rm(draft, { force: true }),
  };
}

/** Stages and publishes. */
export async function writeWhole(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await (await stage(path, [content], mode)).publish();
}

/** Root would take the name /dev/null from the device that has it. */
async function refuseOther(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there === null || there.isFile()) return;
  throw new Fault('bad-input', `writing ${path}: it is ${there.isDirectory() ? 'a folder' : 'no plain file'}`, 'name a file');
}

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  try {
    for await (const piece of content) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name that a power cut takes away again was never given. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const REFUSALS: Readonly<Record<string, readonly [words: string, remedy: string]>> = {
  ENOSPC: ['the disk is full', 'make room; nothing of it was left half-written'],
  EDQUOT: ['the disk quota is used up', 'make room; nothing of it was left half-written'],
  EFBIG: ['it would be larger than files may be here', 'raise the limit (ulimit -f), or choose another folder'],
  EROFS: ['the disk is read-only', 'choose another folder'],
  EACCES: ['permission denied', 'choose a folder this account may write in'],
  ENOENT: ['there is no such folder', 'make it first, or choose another one'],
  ENOTDIR: ['there is no such folder', 'make it first, or choose another one'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
  EIO: ['the disk fails', 'choose another folder, and check the disk'],
};

/** What the system says of writing, as a Fault with its remedy where it is one that people can mend. */
export function faultOf(thrown: unknown, path: string): unknown {
  const [words, remedy] = REFUSALS[(thrown as { code?: string }).code ?? ''] ?? [];
  return words === undefined ? thrown : new Fault('unavailable', `writing ${path}: ${words}`, remedy);
}

/** A file of ours, never one that a link leads to; undefined when there is none. */
export async function readOwn(path: string, most: number): Promise<Uint8Array | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (thrown) {
    if (['ENOENT', 'ELOOP'].includes((thrown as { code?: string }).code ?? '')) return undefined;
    throw thrown;
  }
  try {
    const there = await file.stat();
    return there.isFile() && there.size <= most ? await readFile(file) : undefined;
  } finally {
    await file.close();
  }
}

export const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;
