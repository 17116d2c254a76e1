import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

export interface Making {
  /** Arguments of openssl that say which key. */
  readonly kind?: readonly string[];
  readonly days?: number;
}

/** Text of a certificate for localhost and 127.0.0.1, and of its key. */
export interface MadePair {
  readonly cert: string;
  readonly key: string;
}

export interface OwnCertificate {
  /** Paths of the two. */
  readonly cert: string;
  readonly key: string;
  /** Another path in their folder. */
  file(name: string): string;
  /** A new pair, not put in place. */
  make(making?: Making): MadePair;
  /** As certbot and its like do: each file is put in place whole, one after the other. */
  replace(pair: Partial<MadePair>): void;
  openssl(...args: string[]): void;
}

/** A folder with a certificate that openssl made, gone with the process. */
export function ownCertificate(): OwnCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string): string => join(folder, name);
  const paths = { cert: file('cert.pem'), key: file('key.pem') };
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const make = ({ kind = EC, days = 2 }: Making = {}): MadePair => {
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:nas.lan,IP:127.0.0.1'];
    const out = ['-keyout', 'made.key', '-out', 'made.cert'];
    openssl('req', '-x509', ...kind, '-nodes', '-days', String(days), ...out, ...names);
    return { key: readFileSync(file('made.key'), 'utf8'), cert: readFileSync(file('made.cert'), 'utf8') };
  };
  const replace = (pair: Partial<MadePair>): void => {
    for (const which of ['cert', 'key'] as const) {
      const text = pair[which];
      if (text === undefined) continue;
      writeFileSync(file('new'), text, { mode: 0o600 });
      chmodSync(file('new'), 0o600);
      renameSync(file('new'), paths[which]);
    }
  };
  replace(make());
  return { ...paths, file, make, replace, openssl };
}
