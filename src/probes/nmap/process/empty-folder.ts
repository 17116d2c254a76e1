import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory with nothing in it: nmap also looks for its own files where it stands. */
export interface EmptyFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Falls back to the root directory when the disk is full or read-only: looking must go on then. */
export async function makeEmptyFolder(): Promise<EmptyFolder> {
  try {
    const path = await mkdtemp(join(tmpdir(), 'rollcall-'));
    return { path, remove: () => rm(path, { recursive: true, force: true }).catch(() => {}) };
  } catch {
    return { path: '/', remove: async () => {} };
  }
}
