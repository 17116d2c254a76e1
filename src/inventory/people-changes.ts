import { type ChangeDraft, type ChangeKind, type Device, type DeviceId, deviceName, type JsonObject } from '../core/index.ts';
import type { FlapState } from './flapping.ts';
import { groupNamesOf, groupsOf, ownersOf, type Party, peopleOf, type TypeOf, type Whereabouts } from './people.ts';
import type { Roll } from './roll.ts';

/** What a commit did to the devices. */
export interface Comings {
  readonly before: Roll;
  readonly after: Roll;
  /** Devices of which anything changed; one that was forgotten is in `before` only. */
  readonly touched: Iterable<DeviceId>;
  readonly typeOf: TypeOf;
  /** Who comes and goes too often to be told of. */
  readonly flapping: { readonly before: FlapState; readonly after: FlapState };
}

interface Telling {
  readonly namesOf: (device: Device) => readonly string[];
  readonly partiesOf: (devices: readonly Device[], typeOf: TypeOf) => Party[];
  readonly came: ChangeKind;
  readonly went: ChangeKind;
  readonly words: Record<'came' | 'went' | 'counts' | 'countsNoMore', (device: string, party: Party) => string>;
  /** What else is told of it in figures. */
  readonly figures: (party: Party) => JsonObject;
}

const PEOPLE: Telling = {
  namesOf: ownersOf,
  partiesOf: peopleOf,
  came: 'person.arrived',
  went: 'person.left',
  words: {
    came: (device) => `came home with ${device}`,
    went: (device) => `left; ${device} was the last to go`,
    counts: (device) => `is home: ${device} is theirs now`,
    countsNoMore: (device) => `is not home: ${device} is theirs no more`,
  },
  figures: () => ({}),
};

const GROUPS: Telling = {
  namesOf: groupNamesOf,
  partiesOf: groupsOf,
  came: 'group.first-arrived',
  went: 'group.last-left',
  words: {
    came: (device, group) => `${device} is the first of it here, now ${shareOf(group)}`,
    went: (device, group) => `${device} was the last of it here, now ${shareOf(group)}`,
    counts: (device, group) => `${device} belongs to it now, and is the first of it here, now ${shareOf(group)}`,
    countsNoMore: (device, group) => `${device}, the last of it here, belongs to it no more, now ${shareOf(group)}`,
  },
  figures: (group) => ({ present: presentOf(group), members: group.devices.length }),
};

const presentOf = ({ devices }: Party): number => devices.filter(({ presence }) => presence === 'present').length;
const shareOf = (group: Party): string => `${presentOf(group)} of ${group.devices.length}`;

/**
 * Who came home and who left by what a commit changed, and the same of groups. Only owners and groups of devices that moved, or
 * of which a person said something else, are looked at. Somebody of whom nobody could say is not told of as arriving: they may
 * have been here all the time. A device that flaps counts as here until it is stable, so that its owner does not come and go
 * with it.
 */
export function comparePeople({ before, after, touched, typeOf, flapping }: Comings): ChangeDraft[] {
  const was = { roll: before, calm: calming(flapping.before) };
  const is = { roll: after, calm: calming(flapping.after) };
  const ids = new Set([...touched, ...flapping.before.keys(), ...flapping.after.keys()]);
  const moves = [...ids].map((id): Move => ({ old: calmed(was, id), now: calmed(is, id) })).filter(isMove);
  return [PEOPLE, GROUPS].flatMap((telling) => told({ was, is, moves, typeOf }, telling));
}

const calming =
  (state: FlapState) =>
  (device: Device): Device =>
    (state.get(device.id)?.heldSince ?? null) === null ? device : { ...device, presence: 'present' };

interface Side {
  readonly roll: Roll;
  readonly calm: (device: Device) => Device;
}

/** A device before and after, with flapping calmed. */
interface Move {
  readonly old: Device | null;
  readonly now: Device | null;
}

function calmed({ roll, calm }: Side, id: DeviceId): Device | null {
  const device = roll.devices.get(id);
  return device ? calm(device) : null;
}

const isMove = ({ old, now }: Move): boolean => old?.presence !== now?.presence || old?.labels !== now?.labels;

interface Moves {
  readonly was: Side;
  readonly is: Side;
  readonly moves: readonly Move[];
  readonly typeOf: TypeOf;
}

function told({ was, is, moves, typeOf }: Moves, telling: Telling): ChangeDraft[] {
  const named = (device: Device | null): readonly string[] => (device === null ? [] : telling.namesOf(device));
  const names = new Set(moves.flatMap(({ old, now }) => [...named(old), ...named(now)]));
  if (names.size === 0) return [];
  const partiesIn = ({ roll, calm }: Side): ReadonlyMap<string, Party> => {
    const theirs = [...roll.devices.values()].filter((device) => telling.namesOf(device).some((name) => names.has(name)));
    return new Map(telling.partiesOf(theirs.map(calm), typeOf).map((party) => [party.name, party]));
  };
  const [before, after] = [partiesIn(was), partiesIn(is)];
  return [...names].sort().flatMap((name) => {
    const theirs = moves.filter(({ old, now }) => named(old).includes(name) || named(now).includes(name));
    return draftOf({ name, was: before.get(name), is: after.get(name), moves: theirs }, telling);
  });
}

interface Step {
  readonly name: string;
  readonly was: Party | undefined;
  /** undefined: no device is theirs any more. */
  readonly is: Party | undefined;
  /** What moved of theirs. */
  readonly moves: readonly Move[];
}

function draftOf({ name, was, is, moves }: Step, telling: Telling): ChangeDraft[] {
  if (was === undefined) return [];
  const turn = turnOf(was.is, is?.is ?? 'away');
  if (turn === null) return [];
  const { device, walked } = mover(moves, { came: turn === 'came', counted: (is ?? was).counted });
  const words = telling.words[walked ? turn : SAID[turn]];
  const left = is ?? { ...was, devices: [], counted: [] };
  const text = words(titled(device), left);
  const after = { name, device: { id: device.id, name: deviceName(device) }, ...telling.figures(left), text };
  return [{ kind: telling[turn], device: null, before: { is: was.is }, after }];
}

/** The same, where nobody walked: it follows from what a person said. */
const SAID = { came: 'counts', went: 'countsNoMore' } as const;

function turnOf(was: Whereabouts, is: Whereabouts): 'came' | 'went' | null {
  if (was === 'away') return is === 'home' ? 'came' : null;
  return is === 'away' ? 'went' : null;
}

function titled(device: Device): string {
  const title = deviceName(device) ?? device.addresses[0]?.address ?? null;
  return title === null ? `#${device.id}` : `${title} (#${device.id})`;
}

interface Turn {
  readonly came: boolean;
  readonly counted: readonly Device[];
}

/** The device by which it became so: of those that came or went the one seen last, else one of which something else was said. */
function mover(moves: readonly Move[], { came, counted }: Turn): { readonly device: Device; readonly walked: boolean } {
  const ids = new Set(counted.map(({ id }) => id));
  const walked = moves.flatMap(({ old, now }) =>
    old && now && ids.has(now.id) && old.presence !== now.presence && (now.presence === 'present') === came ? [now] : [],
  );
  const said = moves.flatMap(({ old, now }) => (came ? now : old) ?? now ?? old ?? []);
  const device = (walked.length > 0 ? walked : said).reduce((last, one) => (one.lastSeen > last.lastSeen ? one : last));
  return { device, walked: walked.length > 0 };
}
