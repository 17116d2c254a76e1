import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../core/index.ts';

/** The bearer token kept in a file (0600); made at the first call. */
export async function ensureToken(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = randomBytes(32).toString('hex');
  try {
    await writeFile(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
  }
  const token = (await readFile(file, 'utf8')).trim();
  if (/^[\x21-\x7e]{16,}$/.test(token)) return token;
  throw new Fault('bad-input', `reading token ${file}: it holds no token of 16 characters or more`, 'remove the file; a new one is made');
}
