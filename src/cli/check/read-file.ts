import { readFile, stat } from 'node:fs/promises';
import { Fault } from '../../core/index.ts';

/** Longest file that is read, in bytes. */
const LONGEST = 1024 * 1024;

/** The text of a file. A pipe or a device may never end, and whoever waits for one cannot even be stopped in time: they are refused. */
export async function textOfFile(path: string): Promise<string> {
  const about = await stat(path);
  if (about.isDirectory()) throw new Fault('bad-input', `reading ${path}: it is a folder`, 'name a file');
  if (!about.isFile()) throw new Fault('bad-input', `reading ${path}: it is no file`, 'name a file');
  if (about.size > LONGEST)
    throw new Fault('bad-input', `reading ${path}: it has ${about.size} bytes, and ${LONGEST} are the most`, 'name another file');
  return readFile(path, 'utf8');
}
