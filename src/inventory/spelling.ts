import type { Device, DeviceId, LabelEdit, SetEdit } from '../core/index.ts';
import { groupNamesOf, ownersOf } from './people.ts';

type NamesOf = (device: Device) => readonly string[];
const tagsOf: NamesOf = ({ labels }) => labels.tags;

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

/** Names as they are written, by how they are compared. */
type Spellings = ReadonlyMap<string, readonly string[]>;
const spellings = (names: Iterable<string>): Spellings => Map.groupBy(new Set(names), fold);

interface Choice {
  readonly edited: readonly Device[];
  readonly others: readonly Device[];
}

/**
 * The edit with names spelled as they are spelled already: "anna" is Anna, so that nobody becomes two people by a capital letter.
 * What edited devices lose by it does not count, so that all that is Anna's may become anna's.
 */
export function spelledAlike(all: Iterable<Device>, ids: readonly DeviceId[], edit: LabelEdit): LabelEdit {
  const { owner, groups, tags } = edit;
  if (owner === undefined && !groups && !tags) return edit;
  const chosen = new Set(ids);
  const devices = [...all];
  const choice = { edited: devices.filter(({ id }) => chosen.has(id)), others: devices.filter(({ id }) => !chosen.has(id)) };
  return {
    ...edit,
    ...(typeof owner === 'string' && { owner: spell(spellings(choice.others.flatMap(ownersOf)), owner) }),
    ...(groups && { groups: spellSet(groups, choice, groupNamesOf) }),
    ...(tags && { tags: spellSet(tags, choice, tagsOf) }),
  };
}

/** As it is when somebody spells it so, else as the first one does. */
function spell(known: Spellings, name: string): string {
  const alike = known.get(fold(name)) ?? [];
  return alike.includes(name) ? name : (alike[0] ?? name);
}

function spellSet({ add = [], drop = [] }: SetEdit, { edited, others }: Choice, namesOf: NamesOf): SetEdit {
  const [own, foreign] = [edited.flatMap(namesOf), others.flatMap(namesOf)];
  const all = spellings([...own, ...foreign]);
  const dropped = drop.flatMap((name) => {
    const alike = all.get(fold(name)) ?? [];
    return alike.includes(name) ? [name] : alike;
  });
  const known = spellings([...own.filter((name) => !dropped.includes(name)), ...foreign]);
  const fresh = spellings(add);
  // Of new names that differ only in case the first one counts.
  return { add: add.map((name) => (known.has(fold(name)) ? spell(known, name) : (fresh.get(fold(name))?.[0] ?? name))), drop: dropped };
}
