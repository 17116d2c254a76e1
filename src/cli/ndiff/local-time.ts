import { readFileSync } from 'node:fs';
import { findZone, type LocalTime, localTime } from '../../ndiff/index.ts';

const FOLDER = '/usr/share/zoneinfo';

/** The zone of whoever runs this, as the programs beside us take it. Make one for each comparison. */
export function machineZone(env: Readonly<Record<string, string | undefined>>): LocalTime {
  return localTime(findZone({ name: env['TZ'], folder: env['TZDIR'] ?? FOLDER, read }));
}

function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // not there, or a folder: then it may be a rule instead of a name
  }
}
