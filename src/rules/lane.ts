import type { Instant, Notification } from '../core/index.ts';

/**
 * What of a channel's waiting ones, oldest first, is sent at a moment. What is tried again holds those behind it; what was
 * put off on purpose does not.
 */
export function nextIn(waiting: Iterable<Notification>, now: Instant): Notification | null {
  for (const row of waiting) {
    if (row.dueAt <= now) return row;
    if (row.attempts > 0) return null;
  }
  return null;
}

/** When something of them can be sent first; null: never without anything happening. */
export function nextAt(waiting: Iterable<Notification>): Instant | null {
  let first: Instant | null = null;
  for (const { dueAt, attempts } of waiting) {
    if (first === null || dueAt < first) first = dueAt;
    if (attempts > 0) break;
  }
  return first;
}
