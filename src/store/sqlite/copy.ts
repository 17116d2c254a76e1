import { closeSync, createReadStream, fstatSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoreCopy } from '../../core/index.ts';
import { copyDatabase } from './backup.ts';
import { fileFault } from './files.ts';

/** How long somebody may take before they begin to read, in ms. */
const PATIENCE = 60_000;

let made = 0;

/**
 * A consistent copy of a database to be read once. Its file lies beside the database, where there is room for it or nowhere, and has no
 * name any more once it is handed out: whatever becomes of the reader or of us, nothing of it stays.
 */
export async function copyToRead(path: string): Promise<StoreCopy> {
  dropLeftOver(path);
  const to = `${path}.copy-${process.pid}-${++made}`;
  await copyDatabase(path, to);
  const fd = openNameless(to);
  let isTaken = false;
  const close = (): void => {
    if (isTaken) return;
    isTaken = true;
    closeSync(fd);
  };
  const idle = setTimeout(close, PATIENCE).unref();
  return {
    size: fstatSync(fd).size,
    read() {
      if (isTaken) throw new TypeError('reading a copy of the store: it was read, or dropped, already');
      isTaken = true;
      clearTimeout(idle);
      return createReadStream('', { fd, start: 0, highWaterMark: 256 * 1024 });
    },
    drop() {
      clearTimeout(idle);
      close();
    },
  };
}

function openNameless(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    throw fileFault(thrown, `reading copy ${path}`);
  } finally {
    rmSync(path, { force: true });
  }
}

/** Of processes that ended while they copied. */
function dropLeftOver(path: string): void {
  const prefix = `${basename(path)}.copy-`;
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(prefix) && !name.startsWith(`${prefix}${process.pid}-`)) rmSync(join(dirname(path), name), { force: true });
}
