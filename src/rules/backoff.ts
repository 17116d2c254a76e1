import type { Millis } from '../core/index.ts';
import { HOUR, MINUTE, SECOND } from './spans.ts';

const FIRST: Millis = 2 * SECOND;
const LONGEST: Millis = 5 * MINUTE;
/** Longer than this nobody is believed who says when to come again. */
const LONGEST_ASKED: Millis = 6 * HOUR;

/**
 * How long to wait before the next attempt: 2 s, then twice as long each time, at most 5 min, of that a half to all by the
 * dice (0..1). What the receiver asks for (`after`) counts when it is longer.
 */
export function backoff(attempts: number, { dice, after }: { readonly dice: number; readonly after: Millis | null }): Millis {
  const step = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 20));
  const own = Math.round(step * (0.5 + Math.min(Math.max(dice, 0), 1) / 2));
  return Math.max(own, Math.min(after ?? 0, LONGEST_ASKED));
}
