import type { Millis } from '../../core/index.ts';
import type { Refused } from '../kind.ts';

/** Nothing gets through now; the same may later. */
export const notNow = (reason: string, remedy: string, after: Millis | null = null): Refused => ({
  outcome: 'refused',
  reason,
  remedy,
  what: 'channel',
  again: true,
  after,
});

/** Nothing gets through until a person changes something. */
export const notThere = (reason: string, remedy: string): Refused => ({ ...notNow(reason, remedy), again: false });

/** This message is not taken, ever; others may be. */
export const notThis = (reason: string, remedy: string): Refused => ({ ...notThere(reason, remedy), what: 'message' });
