/**
 * What a test needs of the machine. A missing tool or privilege skips the test visibly; where CI=true promises a
 * whole machine, it fails the test instead, with the same sentence.
 */
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program by name, or: root, or the right to make network namespaces. */
export type Need =
  | 'root'
  | 'netns'
  | 'nmap'
  | 'arp-scan'
  | 'tcpdump'
  | 'ping'
  | 'ip'
  | 'ndiff'
  | 'python3'
  | 'setpriv'
  | 'dropbear'
  | 'openssl'
  | 'curl'
  | 'mosquitto'
  | 'mosquitto_sub'
  | 'nagios4'
  | 'promtool'
  | 'prometheus'
  | 'chromium'
  | 'systemd'
  | 'systemd-analyze'
  | 'systemd-sysusers';

export interface NeedOptions {
  readonly skip?: string;
  readonly signal?: AbortSignal;
}

// CAP_NET_ADMIN and CAP_SYS_ADMIN: root inside a container may lack them.
const NAMESPACE_RIGHTS = (1n << 12n) | (1n << 21n);

/** Options for `test` or `describe`: none when all needs are met. */
export function needs(...wanted: readonly Need[]): NeedOptions {
  const missing = wanted.filter((need) => !isMet(need));
  if (missing.length === 0) return {};
  const reason = `needs ${missing.join(' and ')}, missing here; npm test installs tools, and root is: sudo npm test`;
  return process.env['CI'] === 'true' ? { signal: AbortSignal.abort(new Error(reason)) } : { skip: reason };
}

function isMet(need: Need): boolean {
  if (need === 'root') return process.getuid?.() === 0;
  if (need === 'netns') return isMet('ip') && mayMakeNamespaces();
  return toolPath(need) !== undefined;
}

function mayMakeNamespaces(): boolean {
  if (process.platform !== 'linux') return false;
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${effective}`) & NAMESPACE_RIGHTS) === NAMESPACE_RIGHTS;
}

/** Where npm test unpacks the programs of servers that must not be installed. */
const [LIBRARIES = '', ...UNPACKED] = ['lib', 'bin', 'sbin'].map((folder) =>
  fileURLToPath(new URL(`../node_modules/.cache/rollcall/tools/usr/${folder}`, import.meta.url)),
);

/** For programs of packages that were unpacked and not installed: where their libraries lie. */
export const toolEnv = (): NodeJS.ProcessEnv => ({ ...process.env, LD_LIBRARY_PATH: LIBRARIES });

/** Where a program is; also looks where only root's PATH does. */
export function toolPath(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/lib/systemd',
    '/lib/systemd',
    ...UNPACKED,
  ];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
