import { readFile, stat } from 'node:fs/promises';
import type { OidcConfig } from '../config/index.ts';
import { Fault, isForbidden, unreadWords } from '../core/index.ts';

/** Largest file of a secret, in bytes. */
const MOST = 4096;

/**
 * What proves us to the identity provider; null: nothing does, as we are a public client there.
 * Fault for a file that holds no secret: 'refused' when this account may not read it, else 'unavailable'.
 */
export async function secretOfProvider({ secret, secretFile }: Pick<OidcConfig, 'secret' | 'secretFile'>): Promise<string | null> {
  if (secretFile === null) return secret;
  const content = await contentOf(secretFile);
  const first = content.replace(/\r?\n$/, '');
  if (/^[ -~]{1,1000}$/.test(first)) return first;
  throw unusable(secretFile, first === '' ? 'it is empty' : 'it is not one line of plain letters');
}

async function contentOf(path: string): Promise<string> {
  try {
    // A device or a pipe would never end.
    const about = await stat(path);
    if (!about.isFile() || about.size > MOST) throw unusable(path, about.isFile() ? 'it is too large' : 'it is no file');
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    const message = `reading [oidc] secret_file ${path}: ${unreadWords(thrown)}`;
    throw new Fault(isForbidden(thrown) ? 'refused' : 'unavailable', message, 'check the path, and that the daemon may read it');
  }
}

const unusable = (path: string, why: string): Fault =>
  new Fault(
    'unavailable',
    `reading [oidc] secret_file ${path}: ${why}`,
    'put the secret that the provider gave Rollcall into it, on one line',
  );
