import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk so small that a test can fill it. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  free(): void;
  readOnly(yes: boolean): void;
  remove(): void;
}

export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-disk-'));
  const mount = (...args: string[]): void => void execFileSync('mount', [...args, 'tmpfs', folder]);
  mount('-t', 'tmpfs', '-o', 'size=2m');
  const filling = join(folder, 'filling');
  return {
    folder,
    fill() {
      const file = openSync(filling, 'a');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (fault) {
        assert.equal((fault as { code?: string }).code, 'ENOSPC');
      } finally {
        closeSync(file);
      }
      assert.equal(statfsSync(folder).bavail, 0);
    },
    free: () => rmSync(filling),
    readOnly: (yes) => mount('-o', `remount,${yes ? 'ro' : 'rw'}`),
    remove() {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
