import { Fault, type Millis } from '../../../core/index.ts';

/** Devices in one import at most: a whole /16, twice. */
export const MOST_DEVICES = 131_072;
/** Rows read of one import at most. */
export const MOST_ROWS = 20_000_000;
/** Stretches of time kept of one import at most: what the memory of a small machine takes. */
export const MOST_SESSIONS = 5_000_000;
/** Longest cell kept, in characters; the rest of a longer one is passed over. */
export const LONGEST_CELL = 4096;
/** Columns looked at in a row. */
export const MOST_COLUMNS = 256;
/** Largest database file, in bytes: it is read in memory. */
export const LARGEST_DATABASE = 256 * 1024 * 1024;
/** Nobody kept such records before. */
export const OLDEST = Date.UTC(1990, 0, 1);
/** Another machine's clock may be this much ahead of ours. */
export const CLOCK_SKEW: Millis = 5 * 60_000;
/** Sightings no further apart are one stretch: the usual window. */
export const SIGHTING_GAP: Millis = 45 * 60_000;

export const tooMuch = (what: string, most: number): Fault =>
  new Fault('bad-input', `reading history: it holds more than ${most} ${what}`, 'import it in parts');
