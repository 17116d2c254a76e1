// Programs out of Debian packages that are not installed: nothing is started, nothing is configured, no root is needed.
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from './child.js';
import { root } from './packages.js';

const HERE = process.env.ROLLCALL_TOOLS || join(root, 'node_modules/.cache/rollcall/tools');

/** Where programs of unpacked packages lie; the libraries they bring along lie in usr/lib beside them. */
export const unpackedFolders = () => ['usr/bin', 'usr/sbin'].map((folder) => join(HERE, folder));

/** Fetches and unpacks the packages of what is wanted, as far as they are known here. What does not work is left for the caller to find missing. */
export async function unpackTools(wanted, packages) {
  const names = [...new Set(wanted.flatMap((tool) => packages[tool] ?? []))];
  if (names.length === 0) return;
  console.error(`rollcall: unpacking ${names.join(', ')} for the tests, without installing ...`);
  await mkdir(HERE, { recursive: true });
  for (const name of names) await unpack(name);
}

async function unpack(name) {
  const folder = await mkdtemp(join(HERE, 'fetched-'));
  try {
    if ((await fetched(name, folder)) === undefined) await quietly('apt-get', ['update', '-qq'], { timeout: 600_000 });
    const file = await fetched(name, folder);
    if (file === undefined) return;
    await quietly('dpkg-deb', ['-x', file, join(folder, 'tree')]);
    await moveIn(join(folder, 'tree'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetched(name, folder) {
  const there = async () => (await readdir(folder)).find((file) => file.endsWith('.deb'));
  if ((await there()) === undefined) await quietly('apt-get', ['download', '-qq', name], { cwd: folder, timeout: 600_000 });
  const file = await there();
  return file && join(folder, file);
}

/** Whole or not at all: another run may be looking for the program. */
async function moveIn(tree) {
  for (const folder of ['usr/bin', 'usr/sbin']) await moveAll(join(tree, folder), join(HERE, folder));
  for (const folder of ['lib', 'usr/lib'])
    for (const machine of (await namesIn(join(tree, folder))).filter((name) => name.endsWith('-linux-gnu')))
      await moveAll(join(tree, folder, machine), join(HERE, 'usr/lib'));
}

async function moveAll(from, to) {
  await mkdir(to, { recursive: true });
  for (const file of await namesIn(from)) {
    await rm(join(to, file), { recursive: true, force: true });
    await rename(join(from, file), join(to, file));
  }
}

const namesIn = (folder) => readdir(folder).catch(() => []);
