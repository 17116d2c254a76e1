import { type Instant, parseDuration } from '../core/index.ts';
import { readMoment } from './moment.ts';

/** A moment to come, or a length from now on. */
export function readUntil(text: string | undefined, now: Instant): Instant | null {
  if (text === undefined) return null;
  const length = parseDuration(text);
  return length === undefined ? readMoment(text, now) : now + length;
}
