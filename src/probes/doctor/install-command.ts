import type { Machine } from '../machine/machine.ts';
import type { ToolName } from '../machine/tools.ts';

/** Installers of packages, in the order they are looked for, with their words for "install". */
const INSTALLERS = [
  ['apt-get', 'apt-get install -y'],
  ['dnf', 'dnf install -y'],
  ['apk', 'apk add'],
  ['brew', 'brew install'],
] as const satisfies readonly (readonly [ToolName, string])[];

/** Packages that are split or named otherwise: Alpine parts nmap's scripts and setpriv from the rest. */
const PACKAGES: Readonly<Record<string, string>> = {
  'apk nmap': 'nmap nmap-scripts',
  'apk util-linux': 'setpriv',
  'apt-get ping': 'iputils-ping',
  'dnf ping': 'iputils',
  'apk ping': 'iputils',
};

/** The exact command that installs a package on this machine. */
export async function installCommand(machine: Pick<Machine, 'tool'>, wanted: string): Promise<string> {
  for (const [name, words] of INSTALLERS) {
    if ((await machine.tool(name)) === null) continue;
    const sudo = name === 'brew' || process.geteuid?.() === 0 ? '' : 'sudo ';
    return `${sudo}${words} ${PACKAGES[`${name} ${wanted}`] ?? wanted}`;
  }
  return `install ${wanted} with this system's package manager`;
}
