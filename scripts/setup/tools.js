// System programs: installed by the machine's own package manager where that is allowed, else named with the command.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietly } from './child.js';
import { unpackedFolders, unpackTools } from './unpacked.js';

export const TOOLS_TO_RUN = ['nmap', 'arp-scan', 'tcpdump', 'ping'];
export const TOOLS_TO_TEST = [
  ...TOOLS_TO_RUN,
  'ip',
  'ndiff',
  'python3',
  'setpriv',
  'openssl',
  'dropbear',
  'mosquitto',
  'mosquitto_sub',
  'nagios4',
  'promtool',
  'chromium',
  'systemd-analyze',
];

// Where a program has another package name; null: this manager has none.
const MANAGERS = {
  'apt-get': {
    update: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60'],
    names: {
      ip: 'iproute2',
      setpriv: 'util-linux',
      ping: 'iputils-ping',
      dropbear: 'dropbear-bin', // not "dropbear", which starts a server
      mosquitto: null,
      mosquitto_sub: null,
      nagios4: null,
      promtool: null,
      prometheus: null, // installed, it would start
      'systemd-analyze': 'systemd', // which nobody starts by installing it
    },
    // Servers of which the tests need a program alone: installed they would start, and bring a mailer along.
    unpack: {
      nagios4: ['nagios4-core'],
      promtool: ['prometheus'],
      mosquitto: ['mosquitto', 'libdlt2', 'libwrap0', 'libnsl2', 'libtirpc3'],
      mosquitto_sub: ['mosquitto-clients', 'libmosquitto1', 'libcjson1'],
    },
  },
  dnf: {
    install: ['install', '-y', '-q'],
    names: {
      ip: 'iproute',
      setpriv: 'util-linux',
      ping: 'iputils',
      mosquitto_sub: 'mosquitto',
      'systemd-analyze': 'systemd',
      ndiff: null,
      nagios4: null,
      promtool: null,
      prometheus: null,
    },
  },
  apk: {
    install: ['add', '--no-cache', '-q'],
    names: {
      ip: 'iproute2',
      ping: 'iputils',
      mosquitto_sub: 'mosquitto-clients',
      'systemd-analyze': null,
      ndiff: null,
      nagios4: null,
      promtool: null,
      prometheus: null,
    },
  },
  brew: {
    install: ['install', '-q'],
    asUser: true,
    names: {
      ip: null,
      setpriv: null,
      ping: null,
      chromium: null,
      ndiff: 'nmap',
      python3: 'python',
      mosquitto_sub: 'mosquitto',
      'systemd-analyze': null,
      nagios4: null,
      promtool: null,
      prometheus: null,
    },
  },
};

/** The path of a program, also where only root's PATH looks, or where its package was unpacked; undefined when it is not there. */
export function findTool(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', ...unpackedFolders()];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Installs what is missing, or says exactly how to. Never stops the run: Rollcall goes on with what there is. */
export async function ensureTools(wanted) {
  const absent = wanted.filter((tool) => !findTool(tool));
  if (absent.length === 0) return;
  const name = Object.keys(MANAGERS).find(findTool);
  await unpackTools(absent, MANAGERS[name]?.unpack ?? {});
  const missing = absent.filter((tool) => !findTool(tool));
  if (missing.length === 0) return;
  const packages = name ? packagesOf(MANAGERS[name], missing) : [];
  if (packages.length === 0) return explain(missing, undefined);
  const prefix = await privilege(MANAGERS[name]);
  const command = [name, ...MANAGERS[name].install, ...packages].join(' ');
  if (!prefix) return explain(missing, `sudo ${command}`);
  console.error(`rollcall: installing ${packages.join(', ')} with ${name} ...`);
  const output = await install(name, packages, prefix);
  const left = missing.filter((tool) => !findTool(tool));
  if (left.length > 0) explain(left, [...prefix, command].join(' '), output);
}

const packagesOf = (manager, tools) => [
  ...new Set(tools.map((tool) => (tool in manager.names ? manager.names[tool] : tool)).filter((name) => name !== null)),
];

/** What to put before a command so that it may install: nothing, sudo without a password, or undefined when it may not. */
async function privilege(manager) {
  if (manager.asUser || process.getuid?.() === 0) return [];
  return (await quietly('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

async function install(name, packages, prefix) {
  const run = (args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', name, ...args];
    return quietly(command, rest, { timeout: 600_000 });
  };
  const updated = MANAGERS[name].update ? await run(MANAGERS[name].update) : undefined;
  const installed = await run([...MANAGERS[name].install, ...packages]);
  return installed.code === 0 ? '' : `${updated?.output ?? ''}${installed.output}`;
}

function explain(missing, command, output = '') {
  for (const line of output.trim().split('\n').filter(Boolean).slice(-4)) console.error(`  | ${line}`);
  console.error(`rollcall: going on without ${missing.join(', ')}; ${command ? `to add: ${command}` : 'install by hand to get all of it'}`);
}
