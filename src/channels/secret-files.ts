import { readFile, stat } from 'node:fs/promises';
import { Fault, type JsonObject, unreadWords } from '../core/index.ts';
import { CA, filesIn } from './faults.ts';
import type { ChannelKind } from './kind.ts';

/** Largest file of a secret, and of certificates, in bytes. */
const MOST = { secret: 65_536, ca: 1 << 20 } as const;

/** Options with what their files hold in place of the files. Fault unavailable for a file that cannot be read. */
export async function withFiles(
  kind: ChannelKind,
  options: JsonObject,
): Promise<{ readonly options: JsonObject; readonly ca: string | null }> {
  const files = filesIn(kind, options);
  const whole: Record<string, JsonObject[string]> = Object.fromEntries(Object.entries(options).filter(([key]) => !files.has(key)));
  let ca: string | null = null;
  for (const [file, key] of files) {
    const content = await contentOf(file, options[file] as string, file === CA ? MOST.ca : MOST.secret);
    if (file === CA) ca = content;
    else whole[key] = content.replace(/\r?\n$/, '');
  }
  return { options: whole, ca };
}

async function contentOf(option: string, path: string, most: number): Promise<string> {
  try {
    // A device or a pipe would never end.
    const about = await stat(path);
    if (!about.isFile() || about.size > most)
      throw Object.assign(new Error(), { code: about.isFile() ? 'it is too large' : 'it is no file' });
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new Fault('unavailable', `reading ${option} ${path}: ${unreadWords(thrown)}`, 'check the path, and that the daemon may read it');
  }
}
