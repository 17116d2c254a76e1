import type { Texts } from '../texts.ts';
import { alerts } from './alerts.ts';
import { entry } from './entry.ts';
import { kinds } from './kinds.ts';
import { map } from './map.ts';
import { now } from './now.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { words } from './words.ts';

export const de: Texts = { shell, words, kinds, alerts, now, settings, map, entry };
