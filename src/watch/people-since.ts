import type { ChangeDraft, Store } from '../core/index.ts';
import { timeText } from '../diff/index.ts';
import { groupsOf, type Party, peopleOf, type Roll, type TypeOf, whereSince } from '../inventory/index.ts';
import { sessionsOfWhole } from './sessions-of-whole.ts';

interface Known {
  /** As believed before these changes. */
  readonly roll: Roll;
  readonly store: Pick<Store, 'spansOf'>;
  readonly typeOf: TypeOf;
}

/** Of a group of more nobody asks the memory while a commit waits. */
const MOST_MEMBERS = 200;

/** The changes, those of people and groups with since when they were home or away until now; to be asked before they are committed. */
export async function withSince(drafts: readonly ChangeDraft[], known: Known): Promise<readonly ChangeDraft[]> {
  const parties = partiesIn(drafts, known);
  return Promise.all(
    drafts.map(async (draft) => {
      const party = parties[sortOf(draft)]?.get(nameOf(draft));
      if (!party) return draft;
      return { ...draft, before: { ...draft.before, since: await sinceOf(party, draft, known) } };
    }),
  );
}

type Parties = Readonly<Record<string, ReadonlyMap<string, Party>>>;

/** "person", "group"; anything else is about a device or a place. */
const sortOf = ({ kind }: ChangeDraft): string => kind.slice(0, kind.indexOf('.'));
const nameOf = ({ after }: ChangeDraft): string => (typeof after?.['name'] === 'string' ? after['name'] : '');

/** Those that any of the changes is about, as they were. */
function partiesIn(drafts: readonly ChangeDraft[], { roll, typeOf }: Known): Parties {
  const namesOf = (sort: string): ReadonlySet<string> => new Set(drafts.filter((draft) => sortOf(draft) === sort).map(nameOf));
  const [people, groups] = [namesOf('person'), namesOf('group')];
  if (people.size === 0 && groups.size === 0) return {};
  const devices = [...roll.devices.values()];
  const owned = devices.filter(({ labels: { owner } }) => owner !== null && people.has(owner));
  const members = devices.filter(({ labels }) => labels.groups.some((group) => groups.has(group)));
  return { person: byName(peopleOf(owned, typeOf)), group: byName(groupsOf(members)) };
}

const byName = (parties: readonly Party[]): ReadonlyMap<string, Party> => new Map(parties.map((party) => [party.name, party]));

/** null for whom nobody can say it: also where a flapping device counted as here while it was away. */
async function sinceOf({ is, counted }: Party, { before }: ChangeDraft, known: Known): Promise<string | null> {
  if (is === 'unknown' || is !== before?.['is'] || counted.length > MOST_MEMBERS) return null;
  const stays = await Promise.all(counted.map((device) => sessionsOfWhole(known, device)));
  const since = whereSince(is, stays);
  return since === null ? null : timeText(since);
}
