import type { Change, Device } from '../../core/index.ts';
import { groupNamesOf, groupsOf, guessType, ownersOf, peopleOf, type TypeOf, type Whereabouts } from '../../inventory/index.ts';
import { textIn } from '../vigil.ts';

export const typeOf: TypeOf = (device) => device.labels.type ?? guessType(device)?.type ?? null;

/** How a person or group is named in rules: "anna", "group:family". Neither case nor the way an accent is written tells names apart. */
export const partyName = (text: string): string => text.normalize('NFC').toLowerCase();

const groupName = (name: string): string => partyName(`group:${name}`);

/** The people and groups that a change is about. */
export function partiesOf({ kind, after, before }: Change, device: Device | null): readonly string[] {
  const name = textIn(after?.['name']) || textIn(before?.['name']);
  if (kind.startsWith('person.')) return [partyName(name)];
  if (kind.startsWith('group.')) return [groupName(name)];
  return device === null ? [] : [...ownersOf(device).map(partyName), ...groupNamesOf(device).map(groupName)];
}

/** Where people and groups are; found out once, and only when somebody asks. */
export function whereaboutsIn(devices: () => Iterable<Device>): (party: string) => Whereabouts {
  let known: ReadonlyMap<string, Whereabouts> | undefined;
  const find = (): ReadonlyMap<string, Whereabouts> => {
    const all = [...devices()];
    const people = peopleOf(all, typeOf).map(({ name, is }) => [partyName(name), is] as const);
    return new Map([...people, ...groupsOf(all).map(({ name, is }) => [groupName(name), is] as const)]);
  };
  return (party) => (known ??= find()).get(partyName(party)) ?? 'unknown';
}
