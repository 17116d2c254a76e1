import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { Fault } from '../../core/index.ts';

/** Absolute paths of a certificate with its chain, and of its key. */
export interface PairFiles {
  readonly cert: string;
  readonly key: string;
}

/** A certificate with its key (PEM), found to belong together. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
  /** Until when the certificate holds. */
  readonly until: Date;
  /** What its owner should hear of, though it can be used. */
  readonly doubts: readonly string[];
}

/** A chain of many certificates has some ten thousand characters. */
const LARGEST = 1_000_000;

/** Older ones are broken. */
export const OLDEST_TLS = 'TLSv1.2';

/** Fault bad-input when a file cannot be read, or the two cannot be used together: it names the file and what to do. */
export async function readPair(files: PairFiles, now: number): Promise<Pair> {
  const [cert, key] = await Promise.all([textOf(files, 'cert'), textOf(files, 'key')]);
  const certificate = certificateIn(cert.text, files);
  const own = keyIn(key.text, files);
  if (!certificate.checkPrivateKey(own))
    throw wrong(files, 'key', ['it is the key of another certificate', `name the key that ${files.cert} was made with`]);
  tryOut({ cert: cert.text, key: key.text }, files);
  const doubts = [...outOfTime(certificate, files, now), ...tooOpen(key.mode, files)];
  return { cert: cert.text, key: key.text, until: certificate.validToDate, doubts };
}

type Why = readonly [reason: string, remedy: string];

const wrong = (files: PairFiles, which: keyof PairFiles, [reason, remedy]: Why): Fault =>
  new Fault('bad-input', `reading http.${which} ${files[which]}: ${reason}`, remedy);

const CAUSES: Readonly<Record<string, Why>> = {
  ENOENT: ['there is no such file', 'write the path of a file in PEM, or leave cert and key out'],
  ENOTDIR: ['there is no such file', 'write the path of a file in PEM, or leave cert and key out'],
  EACCES: ['this user may not read it', 'make it readable for the user that rollcall runs as'],
};

async function textOf(files: PairFiles, which: keyof PairFiles): Promise<{ readonly text: string; readonly mode: number }> {
  const path = files[which];
  try {
    const { mode, size, ...kind } = await looksOf(path);
    // To read a pipe would wait for whoever writes into it.
    if (!kind.isFile) throw wrong(files, which, ['it is no file', 'write the path of a file in PEM']);
    if (size > LARGEST) throw wrong(files, which, [`it is larger than ${LARGEST} bytes`, 'write the path of a file in PEM']);
    return { text: await readFile(path, 'latin1'), mode };
  } catch (failure) {
    if (failure instanceof Fault) throw failure;
    const { code = '', message } = failure as NodeJS.ErrnoException;
    throw wrong(files, which, CAUSES[code] ?? [message, 'make it a file that can be read']);
  }
}

async function looksOf(path: string): Promise<{ readonly mode: number; readonly size: number; readonly isFile: boolean }> {
  const found = await stat(path);
  return { mode: found.mode, size: found.size, isFile: found.isFile() };
}

function certificateIn(text: string, files: PairFiles): X509Certificate {
  try {
    if (!text.includes('-----BEGIN ')) throw new TypeError('no PEM');
    return new X509Certificate(text);
  } catch {
    throw wrong(files, 'cert', ['it holds no certificate in PEM', 'write the path of a file that begins with -----BEGIN CERTIFICATE-----']);
  }
}

/** Both forms there are say so themselves. */
const LOCKED = /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

function keyIn(text: string, files: PairFiles): KeyObject {
  if (LOCKED.test(text))
    throw wrong(files, 'key', [
      'it is locked with a passphrase that nobody could type at a start',
      'write it without one: openssl pkey -in KEY -out NEW, readable for the user of rollcall only',
    ]);
  try {
    return createPrivateKey(text);
  } catch {
    throw wrong(files, 'key', ['it holds no private key in PEM', 'write the path of a file that begins with -----BEGIN PRIVATE KEY-----']);
  }
}

/** What only OpenSSL finds: keys that are too short for today, chains that are none. */
function tryOut(pair: Pick<Pair, 'cert' | 'key'>, files: PairFiles): void {
  try {
    createSecureContext({ ...pair, minVersion: OLDEST_TLS });
  } catch (failure) {
    const { reason = 'it cannot be used' } = failure as { reason?: string };
    throw wrong(files, 'cert', [reason, 'make another one, with an EC key or one of RSA of 2048 bits and more']);
  }
}

function outOfTime({ validFromDate, validToDate }: X509Certificate, { cert }: PairFiles, now: number): string[] {
  if (validToDate.getTime() < now) return [`the certificate ${cert} has expired at ${validToDate.toISOString()}; make a new one`];
  return validFromDate.getTime() > now
    ? [`the certificate ${cert} holds from ${validFromDate.toISOString()} on; look at the clock of this machine`]
    : [];
}

function tooOpen(mode: number, { key }: PairFiles): string[] {
  return (mode & 0o007) === 0 ? [] : [`the key ${key} is open to every user of this machine; run chmod 600 on it`];
}
