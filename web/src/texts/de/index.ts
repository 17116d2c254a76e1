import type { Texts } from '../texts.ts';
import { alerts } from './alerts.ts';
import { changes } from './changes.ts';
import { device } from './device.ts';
import { devices } from './devices.ts';
import { entry } from './entry.ts';
import { kinds } from './kinds.ts';
import { map } from './map.ts';
import { now } from './now.ts';
import { scans } from './scans.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { words } from './words.ts';

export const de: Texts = {
  alerts,
  changes,
  device,
  devices,
  entry,
  kinds,
  map,
  now,
  scans,
  services,
  settings,
  shell,
  words,
};
