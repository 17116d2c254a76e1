import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../core/index.ts';
import { makeStateFolder } from './state-folder.ts';

/** The bearer token kept in a file (0600); made at the first call. */
export async function ensureToken(file: string): Promise<string> {
  makeStateFolder(dirname(file));
  if (!existsSync(file)) await layToken(file);
  const token = (await readFile(file, 'utf8')).trim();
  if (!/^[\x21-\x7e]{16,}$/.test(token))
    throw new Fault('bad-input', `reading token ${file}: it holds no token of 16 characters or more`, 'remove the file; a new one is made');
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return token;
}

/** It appears whole or not at all: others may read it at this moment, and a full disk must not leave half of it. */
async function layToken(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(8).toString('hex')}`; // never that of somebody else who asks now
  try {
    await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    await link(draft, file);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause; // another process was quicker
  } finally {
    await rm(draft, { force: true });
  }
}
