import { readFile } from 'node:fs/promises';
import { type Config, type ConfigReading, DEFAULTS, readConfig } from '../config/index.ts';
import { Fault } from '../core/index.ts';
import { Faults } from './faults.ts';
import type { CliWorld } from './world.ts';

/** Who knows what the config room does not. */
type Knowing = Pick<CliWorld, 'configChecks'>;

/** Reads a config file; null is no file at all, so the defaults. Throws Faults with everything wrong in it. */
export async function loadConfig(file: string | null, world: Knowing): Promise<Config> {
  if (file === null) return DEFAULTS;
  const reading = await readConfigFile(file, world);
  if (reading.ok) return { ...reading.config, said: reading.said };
  const [first, ...rest] = reading.faults.map(({ message, remedy }) => new Fault('bad-input', message, remedy));
  throw new Faults([first as Fault, ...rest]);
}

/** Only what is said of alerts needs more than this file: whoever says nothing of them does not wait for it. */
const OF_ALERTS = /rule|channel|maintenance/;

/** Reads a config file for somebody who wants its faults one by one. */
export async function readConfigFile(file: string, world: Knowing): Promise<ConfigReading> {
  const text = await readFile(file, 'utf8');
  return readConfig(text, file, OF_ALERTS.test(text) ? await world.configChecks() : {});
}
