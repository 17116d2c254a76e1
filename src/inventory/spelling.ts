import type { Device, DeviceId, LabelEdit, SetEdit } from '../core/index.ts';
import { groupNamesOf, ownersOf } from './people.ts';

type NamesOf = (device: Device) => readonly string[];
const tagsOf: NamesOf = ({ labels }) => labels.tags;

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

/** Names by how they are compared, as they are written on devices. */
function spellings(devices: readonly Device[], namesOf: NamesOf): Map<string, string[]> {
  const written = new Set(devices.flatMap((device) => namesOf(device)));
  return Map.groupBy(written, fold);
}

/**
 * The edit with names spelled as others already spell them: "anna" is Anna, so that nobody becomes two people by a capital letter.
 * Devices that are edited themselves do not count, so that all that is Anna's may become anna's.
 */
export function spelledAlike(all: Iterable<Device>, ids: readonly DeviceId[], edit: LabelEdit): LabelEdit {
  const { owner, groups, tags } = edit;
  if (owner === undefined && !groups && !tags) return edit;
  const edited = new Set(ids);
  const devices = [...all];
  const others = devices.filter(({ id }) => !edited.has(id));
  return {
    ...edit,
    ...(typeof owner === 'string' && { owner: spell(spellings(others, ownersOf), owner) }),
    ...(groups && { groups: spellSet(groups, spellings(others, groupNamesOf), spellings(devices, groupNamesOf)) }),
    ...(tags && { tags: spellSet(tags, spellings(others, tagsOf), spellings(devices, tagsOf)) }),
  };
}

/** As it is when somebody spells it so, else as the first one does. */
function spell(known: ReadonlyMap<string, readonly string[]>, name: string): string {
  const alike = known.get(fold(name)) ?? [];
  return alike.includes(name) ? name : (alike[0] ?? name);
}

function spellSet(
  { add = [], drop = [] }: SetEdit,
  others: ReadonlyMap<string, readonly string[]>,
  all: ReadonlyMap<string, readonly string[]>,
): SetEdit {
  return {
    add: add.map((name) => spell(others, name)),
    drop: drop.flatMap((name) => {
      const alike = all.get(fold(name)) ?? [];
      return alike.includes(name) ? [name] : alike;
    }),
  };
}
