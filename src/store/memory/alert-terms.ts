import type { Instant, Mute } from '../../core/index.ts';
import { unknownAlertTerm, unknownMute } from '../faults.ts';
import type { AlertState } from './alert-state.ts';

interface Named {
  readonly name: string;
}

type Shelf<Term extends Named> = Map<string, Map<string, Term>>;

export const readTerms = <Term extends Named>(shelf: Shelf<Term>, site: string): readonly Term[] =>
  [...(shelf.get(site)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));

export function putTerm<Term extends Named>(shelf: Shelf<Term>, site: string, term: Term): void {
  const terms = shelf.get(site) ?? new Map<string, Term>();
  shelf.set(site, terms.set(term.name, term));
}

export function dropTerm(shelf: Shelf<Named>, { site, name, what }: { site: string; name: string; what: 'rule' | 'channel' }): void {
  if (!shelf.get(site)?.delete(name)) throw unknownAlertTerm(what, name);
}

export function readMutes({ mutes }: AlertState, site: string, at: Instant | 'all'): readonly Mute[] {
  const over = (end: Instant | null): boolean => at !== 'all' && end !== null && end <= at;
  return [...mutes.values()].filter((mute) => mute.site === site && !over(mute.until) && !over(mute.endedAt));
}

export function addMute(state: AlertState, draft: Omit<Mute, 'id'>): Mute {
  const mute = { ...draft, id: ++state.lastMute };
  state.mutes.set(mute.id, mute);
  return mute;
}

/** One that was ended before stays as it was. */
export function endMute({ mutes }: AlertState, id: number, at: Instant): void {
  const mute = mutes.get(id);
  if (!mute) throw unknownMute(id);
  if (mute.endedAt === null) mutes.set(id, { ...mute, endedAt: at });
}
