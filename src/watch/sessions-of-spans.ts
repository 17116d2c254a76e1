import type { Instant, Presence, Span } from '../core/index.ts';
import type { Session, Stretch } from './sessions-asked.ts';

/** Presence spans as sessions, oldest first: alike neighbours are one, and none begins before the one before it ends. */
export function sessionsIn(spans: readonly Span[], stale: Instant | null = null): readonly Session[] {
  // What an import took back has no length; it may not cut what holds around it.
  const told = spans
    .filter(({ kind, from, to }) => kind === 'presence' && to !== from)
    .sort((a, b) => a.from - b.from || a.openedBy - b.openedBy);
  const sessions: Session[] = [];
  for (const [index, { value, from, to }] of told.entries()) {
    // A clock that was set back makes spans overlap: the later word counts.
    const end = earlier(to, told[index + 1]?.from ?? null);
    const presence = (value.split('@')[0] ?? 'unknown') as Presence;
    const lapsed = end === null && presence === 'present' && stale !== null;
    const parts: Session[] = lapsed
      ? [
          { presence, from, to: Math.max(from, stale) },
          { presence: 'unknown', from: Math.max(from, stale), to: null },
        ]
      : [{ presence, from, to: end }];
    for (const part of parts) append(sessions, part);
  }
  return sessions;
}

/** Adds a session after the others, or makes the last one longer; one without length is none. */
export function append(sessions: Session[], next: Session): void {
  const last = sessions.at(-1);
  if (next.to !== null && next.to <= next.from) return;
  if (last?.presence === next.presence && last.to === next.from) sessions[sessions.length - 1] = { ...last, to: next.to };
  else sessions.push(next);
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** The part of sessions that lies in a stretch; only one that reaches into now still lasts. */
export function clipped(sessions: readonly Session[], { since, until }: Stretch, now: Instant): readonly Session[] {
  const end = Math.min(until, now);
  return sessions.flatMap(({ presence, from, to }) => {
    const [begin, close] = [Math.max(from, since), Math.min(to ?? Number.POSITIVE_INFINITY, end)];
    if (begin >= close) return [];
    return [{ presence, from: begin, to: to === null && end === now ? null : close }];
  });
}
