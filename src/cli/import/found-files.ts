import { closeSync, lstatSync, openAsBlob, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { Fault, HISTORY_HEAD, historyFormatOf, untrusted } from '../../core/index.ts';

/** A file to take in. The path is bytes: names on a disk need not be text. */
export interface FoundFile {
  readonly path: Buffer;
  readonly name: string;
  readonly size: number;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** Files of folders that are of no known format, links and devices: not opened, or not sent. */
  readonly passed: readonly string[];
}

/** Files together, in bytes: what the contract takes. */
const LARGEST = 256 * 1024 * 1024;
const MOST_FILES = 20_000;
const DEEPEST = 16;

/** The files that paths stand for. In folders those of a known format are taken, and no link is followed. */
export function foundFiles(cwd: string, paths: readonly string[]): Found {
  const search = new Search();
  for (const path of paths) search.named(resolve(cwd, path));
  return search.found;
}

/** A file to send: read only as it is sent, never as a whole. */
export async function fileToSend({ path, name }: FoundFile): Promise<File> {
  return new File([await openAsBlob(path)], name);
}

class Search {
  readonly #files: FoundFile[] = [];
  readonly #passed: string[] = [];
  #size = 0;

  get found(): Found {
    return { files: this.#files, passed: this.#passed };
  }

  /** A file or folder that was named: a link to it is meant. */
  named(path: string): void {
    const there = statSync(path);
    const bytes = Buffer.from(path);
    if (there.isDirectory()) return this.#folder(bytes, basename(path), 0);
    if (!there.isFile())
      throw new Fault('bad-input', `importing ${path}: it is neither a file nor a folder`, 'copy what it gives into a file first');
    this.#add(bytes, basename(path), there.size);
  }

  #folder(path: Buffer, shown: string, depth: number): void {
    if (depth > DEEPEST) return void this.#passed.push(shown);
    const names = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
    for (const name of names) this.#entry(Buffer.concat([path, Buffer.from(sep), name]), `${shown}/${untrusted(name.toString())}`, depth);
  }

  #entry(path: Buffer, shown: string, depth: number): void {
    const there = lstatSync(path);
    if (there.isDirectory()) return this.#folder(path, shown, depth + 1);
    if (there.isFile() && historyFormatOf(headOf(path)) !== null) return this.#add(path, shown, there.size);
    this.#passed.push(shown);
  }

  #add(path: Buffer, name: string, size: number): void {
    this.#size += size;
    if (this.#size > LARGEST) throw tooMuch(`${LARGEST / 1024 / 1024} MB together`, name);
    if (this.#files.length >= MOST_FILES) throw tooMuch(`${MOST_FILES} files`, name);
    this.#files.push({ path, name: untrusted(name) || 'file', size });
  }
}

const tooMuch = (most: string, name: string): Fault =>
  new Fault('bad-input', `importing up to ${name}: it is more than ${most}`, 'import it in parts; nothing is added twice');

function headOf(path: Buffer): Uint8Array {
  const head = Buffer.alloc(HISTORY_HEAD);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
