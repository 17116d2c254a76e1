import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

export type ToolName = 'nmap' | 'arp-scan' | 'tcpdump' | 'ping' | 'setpriv' | 'ip' | 'apt-get' | 'dnf' | 'apk' | 'brew';

export interface Tool {
  readonly path: string;
  /** As the program prints it ("7.93"); null when it does not say. */
  readonly version: string | null;
}

/** All that a child process gets to see of ours. LANG=C keeps messages in the language we read. */
export const PLAIN_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C', LC_ALL: 'C' } as const;

/** Where administrators' tools live although a user's PATH often lacks them. */
const EXTRA_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'];

export interface Toolbox {
  find(name: ToolName): string | null;
  tool(name: ToolName): Promise<Tool | null>;
  leash(): Promise<readonly string[]>;
}

/** Finds programs. A path given is searched alone; otherwise PATH and the usual folders. */
export function createToolbox(path?: string): Toolbox {
  const folders = path === undefined ? [...(process.env['PATH'] ?? '').split(':'), ...EXTRA_FOLDERS] : path.split(':');
  const find = (name: ToolName): string | null =>
    folders
      .filter((folder) => folder.startsWith('/'))
      .map((folder) => join(folder, name))
      .find(isProgram) ?? null;
  let leash: Promise<readonly string[]> | undefined;
  return {
    find,
    tool: async (name) => {
      const found = find(name);
      return found === null ? null : { path: found, version: await versionOf(found) };
    },
    leash: () => {
      leash ??= findLeash(find('setpriv'));
      return leash;
    },
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a program says of itself; null when it does not run, or does not say. */
export async function versionOf(path: string): Promise<string | null> {
  const { text } = await run(path, ['--version']);
  return /\b(\d+(?:\.\d+)+\w*)/.exec(text)?.[1] ?? null;
}

/** util-linux's setpriv can do it, busybox's cannot: so it is tried out. */
async function findLeash(setpriv: string | null): Promise<readonly string[]> {
  if (setpriv === null) return [];
  const leash = [setpriv, '--pdeathsig', 'KILL', '--'];
  const { fine } = await run(setpriv, [...leash.slice(1), setpriv, '--version']);
  return fine ? leash : [];
}

function run(path: string, args: readonly string[]): Promise<{ fine: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(path, args, { env: PLAIN_ENVIRONMENT, timeout: 5000 }, (failure, stdout, stderr) =>
      resolve({ fine: failure === null, text: `${stdout}${stderr}` }),
    );
  });
}
