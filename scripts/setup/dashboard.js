// The dashboard: built from web/ into files the daemon serves, when they are missing or older than what they are made of.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './child.js';
import { pinnedNode, root } from './packages.js';
import { Trouble } from './trouble.js';

const BUILT = join(root, 'web/dist/index.html');
/** What the built files are made of: the page, the words it has from the contract, and the packages. */
const SOURCES = ['web/index.html', 'web/vite.config.ts', 'web/packed.ts', 'web/public', 'web/src', 'src/core', 'package-lock.json'];

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The file, or all files below the folder. */
function filesAt(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesAt(join(path, entry.name)));
}

function isStale() {
  const built = changedAt(BUILT);
  return built === 0 || SOURCES.some((path) => filesAt(join(root, path)).some((file) => changedAt(file) > built));
}

/** Builds it where that is needed; takes some seconds. */
export async function ensureDashboard() {
  if (!isStale()) return;
  console.error('rollcall: building the dashboard ...');
  const { code, output } = await quietly(await pinnedNode(), [join(root, 'node_modules/.bin/vite'), 'build', 'web'], { cwd: root });
  if (code !== 0) throw new Trouble(`building the dashboard ended with ${code}\n${output.trim()}`, 'mend web/, then run this again');
}
