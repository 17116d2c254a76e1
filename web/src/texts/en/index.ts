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

/** Every text of the dashboard, page by page. The English ones say which there are; another language that lacks one does not compile. */
export const en = {
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
