// The dashboard: built from web/ into files the daemon serves, when they are missing or older than what they are made of.
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './child.js';
import { pinnedNode, root } from './packages.js';
import { Trouble } from './trouble.js';

const BUILT = join(root, 'web/dist/index.html');
/** What the built files are made of. The contract and its words are compiled in. */
const SOURCES = ['web/index.html', 'web/*.ts', 'web/public/*', 'web/src/**/*', 'src/core/*.ts', 'package-lock.json'];

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isStale() {
  const built = changedAt(BUILT);
  return built === 0 || SOURCES.some((pattern) => globSync(pattern, { cwd: root }).some((path) => changedAt(join(root, path)) > built));
}

/** Builds it where that is needed; takes some seconds. */
export async function ensureDashboard() {
  if (!isStale()) return;
  console.error('rollcall: building the dashboard ...');
  const { code, output } = await quietly(await pinnedNode(), [join(root, 'node_modules/.bin/vite'), 'build', 'web'], { cwd: root });
  if (code !== 0) throw new Trouble(`building the dashboard ended with ${code}\n${output.trim()}`, 'mend web/, then run this again');
}
