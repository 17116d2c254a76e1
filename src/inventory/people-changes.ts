import { type ChangeDraft, type ChangeKind, type Device, deviceName, type JsonObject } from '../core/index.ts';
import type { Touched } from './apply-scan.ts';
import type { FlapState } from './flapping.ts';
import { groupNamesOf, groupsOf, ownersOf, type Party, peopleOf, type TypeOf } from './people.ts';
import type { Roll } from './roll.ts';

/** What a commit did to the devices. */
export interface Comings {
  readonly before: Roll;
  readonly after: Roll;
  readonly touched: readonly Touched[];
  readonly typeOf: TypeOf;
  /** Who comes and goes too often to be told of. */
  readonly flapping: { readonly before: FlapState; readonly after: FlapState };
}

interface Telling {
  readonly namesOf: (device: Device) => readonly string[];
  readonly partiesOf: (devices: readonly Device[], typeOf: TypeOf) => Party[];
  readonly came: ChangeKind;
  readonly went: ChangeKind;
  readonly words: { readonly came: (device: string, party: Party) => string; readonly went: (device: string, party: Party) => string };
  /** What else is told of it in figures. */
  readonly figures: (party: Party) => JsonObject;
}

const PEOPLE: Telling = {
  namesOf: ownersOf,
  partiesOf: peopleOf,
  came: 'person.arrived',
  went: 'person.left',
  words: { came: (device) => `came home with ${device}`, went: (device) => `left; ${device} was the last to go` },
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
  },
  figures: (group) => ({ present: presentOf(group), members: group.devices.length }),
};

const presentOf = ({ devices }: Party): number => devices.filter(({ presence }) => presence === 'present').length;
const shareOf = (group: Party): string => `${presentOf(group)} of ${group.devices.length}`;

/**
 * Who came home and who left by what a commit changed, and the same of groups. Only owners and groups of devices that moved are
 * looked at. Somebody of whom nobody could say is not told of as arriving: they may have been here all the time. A device that
 * flaps counts as here until it is stable, so that its owner does not come and go with it.
 */
export function comparePeople({ before, after, touched, typeOf, flapping }: Comings): ChangeDraft[] {
  const was = { roll: before, calm: calming(flapping.before) };
  const is = { roll: after, calm: calming(flapping.after) };
  const ids = new Set([...touched.map((one) => one.after.id), ...flapping.before.keys(), ...flapping.after.keys()]);
  const moved = [...ids].flatMap((id) => {
    const [then, now] = [before.devices.get(id), after.devices.get(id)];
    return now && (then && was.calm(then).presence) !== is.calm(now).presence ? [now] : [];
  });
  return [PEOPLE, GROUPS].flatMap((telling) => told({ was, is, moved, typeOf }, telling));
}

const calming =
  (state: FlapState) =>
  (device: Device): Device =>
    (state.get(device.id)?.heldSince ?? null) === null ? device : { ...device, presence: 'present' };

interface Side {
  readonly roll: Roll;
  readonly calm: (device: Device) => Device;
}

interface Moves {
  readonly was: Side;
  readonly is: Side;
  readonly moved: readonly Device[];
  readonly typeOf: TypeOf;
}

function told({ was, is, moved, typeOf }: Moves, telling: Telling): ChangeDraft[] {
  const names = new Set(moved.flatMap((device) => telling.namesOf(device)));
  if (names.size === 0) return [];
  const partiesIn = ({ roll, calm }: Side): Party[] => {
    const theirs = [...roll.devices.values()].filter((device) => telling.namesOf(device).some((name) => names.has(name)));
    return telling.partiesOf(theirs.map(calm), typeOf).filter(({ name }) => names.has(name));
  };
  const before = new Map(partiesIn(was).map((party) => [party.name, party]));
  return partiesIn(is).flatMap((party) => draftOf({ was: before.get(party.name), is: party, moved }, telling));
}

interface Step {
  readonly was: Party | undefined;
  readonly is: Party;
  readonly moved: readonly Device[];
}

function draftOf({ was, is, moved }: Step, telling: Telling): ChangeDraft[] {
  const came = was?.is === 'away' && is.is === 'home';
  const went = was !== undefined && was.is !== 'away' && is.is === 'away';
  if (!came && !went) return [];
  const device = mover(is, moved);
  const name = deviceName(device) ?? device.addresses[0]?.address ?? null;
  const text = telling.words[came ? 'came' : 'went'](name === null ? `#${device.id}` : `${name} (#${device.id})`, is);
  const after = { name: is.name, device: { id: device.id, name: deviceName(device) }, ...telling.figures(is), text };
  return [{ kind: came ? telling.came : telling.went, device: null, before: { is: was.is }, after }];
}

/** The device by which it became so: of those that moved, the one seen last. */
function mover({ is, counted }: Party, moved: readonly Device[]): Device {
  const ids = new Set(moved.map(({ id }) => id));
  const there = counted.filter(({ presence }) => (presence === 'present') === (is === 'home'));
  const moving = there.filter(({ id }) => ids.has(id));
  return (moving.length > 0 ? moving : there).reduce((last, device) => (device.lastSeen > last.lastSeen ? device : last));
}
