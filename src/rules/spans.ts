import type { Millis } from '../core/index.ts';

export const SECOND: Millis = 1000;
export const MINUTE: Millis = 60 * SECOND;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;

/** What is over for longer than this is not remembered by the desk: after a start it would not be known either. */
export const MEMORY: Millis = DAY;

/** The longest cooldown: what was told is remembered for so long, and so are incidents by the store. */
export const LONGEST_COOLDOWN: Millis = 7 * DAY;

/** In this time one channel hears at most so much of one cause as its ceiling says. */
export const CEILING_SPAN: Millis = 10 * MINUTE;
