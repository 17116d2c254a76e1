import type { Millis } from '../../core/index.ts';

/** Nobody answered, though nothing broke. */
export class Late extends Error {}

/** Rejects with Late when it takes longer. */
export async function inTime(work: Promise<unknown>, most: Millis, otherwise: string): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Late(`${otherwise} in ${most / 1000} s`)), most);
  work.catch(() => {}); // it may fail when nobody waits for it any more
  await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
