import type { ChangeDraft, Store } from '../core/index.ts';
import { timeText } from '../diff/index.ts';
import { type Party, peopleOf, type Roll, type TypeOf, whereSince } from '../inventory/index.ts';
import { sessionsOfWhole } from './sessions-of-whole.ts';

interface Known {
  /** As believed before these changes. */
  readonly roll: Roll;
  readonly store: Pick<Store, 'spansOf'>;
  readonly typeOf: TypeOf;
}

/** The changes, those of people with since when they were home or away until now; to be asked before they are committed. */
export async function withSince(drafts: readonly ChangeDraft[], { roll, store, typeOf }: Known): Promise<readonly ChangeDraft[]> {
  const names = new Set(drafts.flatMap((draft) => personOf(draft) ?? []));
  if (names.size === 0) return drafts;
  const owned = [...roll.devices.values()].filter(({ labels: { owner } }) => owner !== null && names.has(owner));
  const people = new Map(peopleOf(owned, typeOf).map((person) => [person.name, person]));
  return Promise.all(
    drafts.map(async (draft) => {
      const person = people.get(personOf(draft) ?? '');
      if (!person) return draft;
      return { ...draft, before: { ...draft.before, since: await sinceOf(person, draft, { roll, store }) } };
    }),
  );
}

function personOf({ kind, after }: ChangeDraft): string | undefined {
  const name = kind.startsWith('person.') ? after?.['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** null for whom nobody can say it: also where a flapping device counted as here while it was away. */
async function sinceOf({ is, counted }: Party, { before }: ChangeDraft, known: Omit<Known, 'typeOf'>): Promise<string | null> {
  if (is === 'unknown' || is !== before?.['is']) return null;
  const stays = await Promise.all(counted.map((device) => sessionsOfWhole(known, device)));
  const since = whereSince(is, stays);
  return since === null ? null : timeText(since);
}
