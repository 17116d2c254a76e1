import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contentTypeOf } from './content-types.ts';

/** One built file, and what was packed beside it. */
export interface WebFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly br?: Uint8Array<ArrayBuffer>;
  readonly gzip?: Uint8Array<ArrayBuffer>;
}

/** Built files by the path they are asked for ("/assets/index-3f2a.js"). */
export type WebFiles = ReadonlyMap<string, WebFile>;

/** Bytes of all files together; a build of ours has a hundredth of it. */
const MOST = 64 * 1024 * 1024;

/** Whatever would have to be encoded in an address is no name of a build. */
const NAME = /^[\w-][\w.-]*$/;

/**
 * All files of a build, read once: what is asked for later is looked up here and never becomes a path of this machine.
 * Links, other kinds of files and names that need encoding are left out. Empty when there is no such folder.
 */
export async function readWebFiles(folder: string): Promise<WebFiles> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  await gather({ folder, under: '/', found, left: MOST });
  const files = new Map<string, WebFile>();
  for (const [path, bytes] of found) {
    const type = contentTypeOf(path);
    if (type === undefined) continue;
    const [br, gzip] = [found.get(`${path}.br`), found.get(`${path}.gz`)];
    files.set(path, { type, bytes, ...(br && { br }), ...(gzip && { gzip }) });
  }
  return files;
}

interface Gathering {
  readonly folder: string;
  /** Path of the folder as it is asked for, with a slash at its end. */
  readonly under: string;
  readonly found: Map<string, Uint8Array<ArrayBuffer>>;
  /** Bytes that may still be read. */
  left: number;
}

async function gather(at: Gathering): Promise<void> {
  const entries = await readdir(at.folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!NAME.test(entry.name)) continue;
    const path = join(at.folder, entry.name);
    if (entry.isDirectory()) {
      const below = { ...at, folder: path, under: `${at.under}${entry.name}/` };
      await gather(below);
      at.left = below.left;
    } else if (entry.isFile()) {
      const bytes = await bytesOf(path, at.left);
      if (bytes === undefined) continue;
      at.left -= bytes.byteLength;
      at.found.set(`${at.under}${entry.name}`, bytes);
    }
  }
}

/** The bytes of a file that is one; undefined for what became a link meanwhile, or is larger than `most`. */
async function bytesOf(path: string, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined);
  if (!file) return undefined;
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size <= most ? new Uint8Array(await file.readFile()) : undefined;
  } finally {
    await file.close();
  }
}
