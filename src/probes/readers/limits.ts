import { Fault } from '../../core/index.ts';

/** Hosts read from one report at most: a whole /16, twice. */
export const MOST_HOSTS = 131_072;

/** Longest line looked at, in characters; the rest of a longer one is passed over. */
export const LONGEST_LINE = 4096;

export function tooManyHosts(): Fault {
  return new Fault('bad-input', `reading report: it holds more than ${MOST_HOSTS} hosts`, 'split it, or scan smaller targets');
}
