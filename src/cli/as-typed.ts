import { accessSync, constants, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Places, placesOf } from './places.ts';
import type { CliWorld } from './world.ts';

type Here = Pick<CliWorld, 'launcher' | 'env' | 'cwd' | 'home' | 'uid'>;

/**
 * How somebody who stands here types a command for these places: right after a clone `rollcall` is in no PATH, and
 * without --data another daemon would be meant.
 */
export function asTyped(command: string, { places, world }: { readonly places: Places; readonly world: Here }): string {
  return [program(world), command, ...elsewhere(places, world)].join(' ');
}

function program({ launcher, env, cwd }: Here): string {
  const found = (env['PATH'] ?? '')
    .split(':')
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'rollcall'))
    .find(isProgram);
  if (found !== undefined && realpathSync(found) === launcher[0]) return 'rollcall';
  const near = relative(cwd, launcher[0]);
  const shown = near.startsWith('..') ? launcher[0] : near.includes('/') ? near : `./${near}`;
  return [shown, ...launcher.slice(1)].map(shellWord).join(' ');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The options without which other places would be meant. */
function elsewhere({ data, config }: Places, world: Here): string[] {
  const usual = usualPlaces(world);
  const options = data === usual?.data ? [] : ['--data', shellWord(data)];
  return config === null || config === usual?.config ? options : [...options, '--config', shellWord(config)];
}

function usualPlaces(world: Here): Places | undefined {
  try {
    return placesOf({}, world);
  } catch {
    return undefined; // they cannot be used, so others were named
  }
}

/** A word as a shell takes it. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
