// npm packages: installed exactly as locked, and only when they are not.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { passOn, quietly } from './child.js';
import { Trouble } from './trouble.js';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OLDEST = [26, 10];

/** Installs the locked packages unless npm's own record says that exactly these are there. */
export async function ensurePackages() {
  const stale = staleness();
  if (!stale) return;
  console.error(`rollcall: installing npm packages (${stale}) ...`);
  const code = await passOn(...npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']), { cwd: root });
  if (code === 127) throw new Trouble('npm is missing', 'install npm (Debian: apt-get install npm), then run this again');
  if (code > 128) throw new Trouble('npm ci was interrupted', 'run this again to finish it');
  if (code !== 0) throw new Trouble(`npm ci ended with ${code}`, 'check the network and the registry (npm ping), then run this again');
}

/** Why the installed packages are not those of the lock file; undefined when they are. */
function staleness() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return 'none are there yet';
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const differs = ([path, wanted]) => {
    if (path === '' || installed[path]?.version === wanted.version) return false;
    // Packages for other machines are rightly absent.
    return !(wanted.optional && !installed[path]);
  };
  const changed = Object.entries(locked).find(differs)?.[0] ?? Object.keys(installed).find((path) => !locked[path]);
  return changed && `${changed.replace(/^.*node_modules\//, '')} is not as locked`;
}

/** npm started as it started us, else from PATH; through a shell, so that a missing npm is exit code 127 here too. */
function npm(args) {
  const started = process.env.npm_execpath;
  if (started?.endsWith('npm-cli.js') && existsSync(started)) return [process.execPath, [started, ...args]];
  return ['sh', ['-c', 'exec npm "$@"', 'npm', ...args]];
}

/** The Node that Rollcall is made for: the pinned one, else this one when it is new enough. */
export async function pinnedNode() {
  const pinned = join(root, 'node_modules/.bin/node');
  if (existsSync(pinned) && (await quietly(pinned, ['--version'])).code === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath;
  throw new Trouble(
    `no pinned Node works on ${process.platform}/${process.arch}, and this one is ${process.versions.node}`,
    `install Node ${OLDEST.join('.')} or newer and run this again with it`,
  );
}
