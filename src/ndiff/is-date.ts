import type { LocalTime } from './local-time.ts';

const DAY = 86_400;
/** Beyond this no calendar goes; a little more than the years 0 to 10000. */
const FARTHEST = 2 ** 39;

/** Whether Python has a date for the moment (epoch seconds): its local year is 1 to 9999, a day before too. */
export function isDate(epoch: number, zone: LocalTime): boolean {
  return Math.abs(epoch) < FARTHEST && zone.civil(epoch - DAY).year >= 1 && zone.civil(epoch).year <= 9999;
}
