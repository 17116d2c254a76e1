import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Starts something in a directory that is empty and is removed before it could be filled: nmap also looks for its
 * own files where it stands. All at once, so that even a SIGKILL leaves no litter behind. When no directory can be
 * made (disk full, read-only) the root directory must do.
 */
export function inEmptyFolder<T>(start: (path: string) => T): T {
  const path = makeFolder();
  try {
    return start(path ?? '/');
  } finally {
    if (path !== null) removeFolder(path);
  }
}

function makeFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'rollcall-'));
  } catch {
    return null;
  }
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody put something in already, or removed it: then it is theirs.
  }
}
