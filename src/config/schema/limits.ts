import { z } from 'zod';
import { type Guard, leavesTime, type QuietWindow } from '../../core/index.ts';
import * as field from '../fields.ts';
import { type Complain, complainTo, key } from './key.ts';

export const GUARD = {
  gateway: key(field.guardPart('gateway')).optional(),
  network: key(field.guardPart('network')).optional(),
  public: key(field.guardPart('public')).optional(),
};

/** What may stand in [scan] and, for itself alone, in a [[target]]. */
export const LIMITS = {
  rate: key(field.packetRate).optional(),
  per_host: key(field.packetRate).optional(),
  fragile: key(field.flag).optional(),
  quiet: z.array(key(field.quietWindow)).optional(),
};

interface Limiting {
  readonly per_host?: number | undefined;
  readonly quiet?: readonly QuietWindow[] | undefined;
}

const MOST_WINDOWS = 50;

export function checkQuiet({ quiet = [] }: Limiting, complain: Complain, hours = 'leave some hours to scan in'): void {
  if (quiet.length > MOST_WINDOWS)
    complain({ key: 'quiet', message: `it has more than ${MOST_WINDOWS} stretches`, remedy: 'put days and times together' });
  else if (!leavesTime(quiet)) complain({ key: 'quiet', message: 'it leaves no moment of the week', remedy: hours });
}

/** Only what is said, by the names that the program has for it. */
export function saidOf<T extends Limiting & Record<string, unknown>>({
  per_host: perHost,
  ...others
}: T): Omit<T, 'per_host'> & { perHost?: number } {
  const limits = Object.fromEntries(Object.entries({ ...others, perHost }).filter(([, value]) => value !== undefined));
  return limits as Omit<T, 'per_host'> & { perHost?: number };
}

export const onlySaid = (guard: { readonly [key in keyof Guard]?: Guard[key] | undefined }): Guard =>
  Object.fromEntries(Object.entries(guard).filter(([, value]) => value !== undefined));

export const scan = z
  .strictObject({ ...LIMITS, zone: key(field.zoneName).optional(), quiet_sweeps: key(field.flag).optional() })
  .transform(({ quiet_sweeps: quietSweeps, zone, ...limits }, context) => {
    checkQuiet(limits, complainTo(context));
    return { ...saidOf(limits), zone, quietSweeps };
  });

/** An address that nobody could be asked for would let no scan begin. */
export const guard = z.strictObject({ ...GUARD, ask: key(field.askUrl).optional() }).transform(({ ask, ...expected }, context) => {
  if (expected.public !== undefined && ask === undefined)
    complainTo(context)({
      key: 'public',
      message: 'it stands without "ask"',
      remedy: 'add ask = "https://...", a page of yours that says it',
    });
  return { ...onlySaid(expected), ask };
});
