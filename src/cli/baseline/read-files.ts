import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApprovalEntry, Fault } from '../../core/index.ts';
import { readTable, TABLE_ENDING } from './host-tables.ts';
import { parseYaml } from './yaml-file.ts';

/** Largest YAML, largest table of one host, and most files of a folder. */
const LARGEST = 16 * 1024 * 1024;
const LARGEST_TABLE = 1024 * 1024;
const MOST_FILES = 20_000;

export interface FilesRead {
  readonly entries: readonly ApprovalEntry[];
  readonly files: number;
  /** Tables, so that who approved is not in them. */
  readonly tables: boolean;
}

/** What a YAML file, a .base file or a folder of them approves. Nothing is followed that is no plain file. */
export async function readFiles(path: string): Promise<FilesRead> {
  const there = await lstat(path).catch(() => {
    throw new Fault('bad-input', `reading ${path}: there is no such file`, 'check the path');
  });
  if (there.isDirectory()) return readFolder(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.endsWith(TABLE_ENDING)) return { entries: parseYaml(await textOf(path, LARGEST), path), files: 1, tables: false };
  return { entries: readTable({ file: name, text: await textOf(path, LARGEST_TABLE) }, path), files: 1, tables: true };
}

async function readFolder(path: string): Promise<FilesRead> {
  const names = (await readdir(path)).filter((name) => name.endsWith(TABLE_ENDING)).sort();
  if (names.length === 0)
    throw new Fault('bad-input', `reading ${path}: no file in it ends with ${TABLE_ENDING}`, 'name a folder with one file for each host');
  if (names.length > MOST_FILES)
    throw new Fault('bad-input', `reading ${path}: it holds ${names.length} files`, `take in ${MOST_FILES} at most`);
  const entries: ApprovalEntry[] = [];
  for (const name of names) {
    const file = join(path, name);
    entries.push(...readTable({ file: name, text: await textOf(file, LARGEST_TABLE) }, file));
  }
  return { entries, files: names.length, tables: true };
}

/** A link may lead anywhere, and a pipe has no end. */
async function textOf(path: string, largest: number): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (failure: NodeJS.ErrnoException) => {
      const link = failure.code === 'ELOOP';
      throw new Fault(
        'bad-input',
        `reading ${path}: ${link ? 'it is a link' : failure.message}`,
        link ? 'name the file itself' : 'check the path and its rights',
      );
    },
  );
  try {
    const there = await handle.stat();
    if (!there.isFile()) throw new Fault('bad-input', `reading ${path}: it is no plain file`, 'name a file');
    if (there.size > largest) throw new Fault('bad-input', `reading ${path}: it is larger than ${largest / 1024 / 1024} MB`, 'split it');
    const bytes = Buffer.alloc(largest + 1 < there.size + 1 ? largest + 1 : there.size + 1);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return decoded(bytes.subarray(0, bytesRead), path);
  } finally {
    await handle.close();
  }
}

function decoded(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Fault('bad-input', `reading ${path}: it is not in UTF-8`, 'save it as UTF-8');
  }
}
