import type { Change, ChangeDraft, Instant, Millis } from '../core/index.ts';
import { formatDuration } from '../core/index.ts';

/** How often a segment fell silent lately. A value: replaced, never edited. */
export interface Unrest {
  /** When its last outages were told, oldest first: as many as it takes to come and go. */
  readonly outages: readonly Instant[];
  /** Since when its outages are held back; null while they are told. */
  readonly heldSince: Instant | null;
  /** How many were held back. */
  readonly held: number;
  /** Since when it has been whole while they are held back; null while it is lost. */
  readonly wholeSince: Instant | null;
}

export const AT_REST: Unrest = { outages: [], heldSince: null, held: 0, wholeSince: null };

const HOUR: Millis = 60 * 60_000;
/** More outages than this within six hours are no news any more: something there starts again and again. */
const MOST = { outages: 3, within: 6 * HOUR } as const;

export interface DampedOutage {
  readonly unrest: Unrest;
  /** What may be told. */
  readonly draft: ChangeDraft | null;
}

/**
 * Holds back the outages of a segment that comes and goes, as {@link dampFlapping} does for devices: the fourth within six
 * hours says so, and an hour in which it was whole ends it with one `segment.restored`. What is frozen is not touched.
 */
export function dampOutage(unrest: Unrest, draft: ChangeDraft | null, { target, at }: { target: string; at: Instant }): DampedOutage {
  if (draft?.kind === 'segment.lost') return lostAgain(unrest, draft, at);
  if (unrest.heldSince === null) return { unrest, draft };
  if (draft?.after?.['givenUp'] !== undefined) return { unrest: AT_REST, draft }; // whoever is given up leaves: that must be told
  if (draft) return { unrest: { ...unrest, wholeSince: at }, draft: null };
  // A clock that was set back must not hold them back for ever.
  const isWhole = unrest.wholeSince !== null && Math.abs(at - unrest.wholeSince) >= HOUR;
  return isWhole ? { unrest: { ...AT_REST, outages: unrest.outages }, draft: settled(unrest, { target, at }) } : { unrest, draft: null };
}

function lostAgain(unrest: Unrest, draft: ChangeDraft, at: Instant): DampedOutage {
  if (unrest.heldSince !== null) return { unrest: { ...unrest, held: unrest.held + 1, wholeSince: null }, draft: null };
  const outages = [...unrest.outages.filter((one) => Math.abs(at - one) < MOST.within), at].slice(-(MOST.outages + 1));
  if (outages.length <= MOST.outages) return { unrest: { ...unrest, outages }, draft };
  return { unrest: { outages, heldSince: at, held: 0, wholeSince: null }, draft: restless(draft, outages.length) };
}

function restless(draft: ChangeDraft, outages: number): ChangeDraft {
  const told = draft.after?.['text'];
  const text = `${typeof told === 'string' ? told : 'lost again'}; it fell silent ${outages} times within six hours: more of that is held back until it has been whole for an hour`;
  return { ...draft, after: { ...draft.after, outages, text } };
}

function settled({ heldSince, held }: Unrest, { target, at }: { target: string; at: Instant }): ChangeDraft {
  const since = new Date(heldSince ?? at).toISOString();
  const more = held === 0 ? 'no more outages were' : held === 1 ? 'one more outage was' : `${held} more outages were`;
  const text = `${target} has been whole for an hour, after coming and going for ${formatDuration(Math.max(0, at - (heldSince ?? at)))}; ${more} held back`;
  return { kind: 'segment.restored', device: null, before: { since }, after: { target, held, text } };
}

/** Its unrest after a past change: what is held back when a process ends is held back by the next. */
export function unrestFrom(before: Unrest, { kind, after, at }: Pick<Change, 'kind' | 'after' | 'at'>): Unrest {
  if (kind !== 'segment.lost') return { ...AT_REST, outages: before.outages };
  const outages = [...before.outages, at].slice(-(MOST.outages + 1));
  return typeof after?.['outages'] === 'number' ? { outages, heldSince: at, held: 0, wholeSince: null } : { ...AT_REST, outages };
}
