import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../core/index.ts';

/** Makes the state folder, for its owner alone. Fault when something else is there, or when everybody may write in it. */
export function makeStateFolder(path: string): void {
  makeFolder(path);
  const there = statSync(path);
  if (!there.isDirectory()) throw new Fault('bad-input', `using state folder ${path}: it is no folder`, 'choose another one with --data');
  if ((there.mode & 0o002) !== 0)
    throw new Fault(
      'refused',
      `using state folder ${path}: everybody may write in it, so anybody could lay a token or a socket of theirs there`,
      'choose a folder of its own with --data',
    );
}

/** Like `recursive`, which never comes back where a folder cannot be made at all (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (!existsSync(path)) throw thrown; // another process was quicker
  }
}
