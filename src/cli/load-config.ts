import { readFile } from 'node:fs/promises';
import { type Config, type ConfigReading, DEFAULTS, readConfig } from '../config/index.ts';
import { Fault } from '../core/index.ts';
import { Faults } from './faults.ts';

/** Reads a config file; null is no file at all, so the defaults. Throws Faults with everything wrong in it. */
export async function loadConfig(file: string | null): Promise<Config> {
  if (file === null) return DEFAULTS;
  const reading = await readConfigFile(file);
  if (reading.ok) return reading.config;
  const [first, ...rest] = reading.faults.map(({ message, remedy }) => new Fault('bad-input', message, remedy));
  throw new Faults([first as Fault, ...rest]);
}

/** Reads a config file for somebody who wants its faults one by one. */
export async function readConfigFile(file: string): Promise<ConfigReading> {
  return readConfig(await readFile(file, 'utf8'), file);
}
