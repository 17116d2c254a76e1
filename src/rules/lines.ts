import type { Notification, TellLine } from '../core/index.ts';

/** Lines of a notification; it counts those beyond. */
export const MOST_LINES = 200;

type Telling = Pick<Notification, 'lines' | 'more'>;

/** Lines with others after them, each change once. */
export function withLines({ lines, more }: Telling, added: Telling): Telling {
  const fresh = added.lines.filter(({ seq }) => !lines.some((line) => line.seq === seq));
  if (lines.length >= MOST_LINES) return { lines, more: more + fresh.length + added.more };
  return cappedLines([...lines, ...fresh], more + added.more);
}

/** The first ones, and how many there are beyond. */
export function cappedLines(lines: readonly TellLine[], more = 0): Telling {
  if (lines.length <= MOST_LINES) return { lines, more };
  return { lines: lines.slice(0, MOST_LINES), more: more + lines.length - MOST_LINES };
}

/** What was added to lines since they were as they were sent; null: nothing. */
export function addedSince(sent: Telling, now: Telling): Telling | null {
  const lines = now.lines.slice(sent.lines.length);
  const more = Math.max(0, now.more - sent.more);
  return lines.length + more > 0 ? { lines, more } : null;
}
