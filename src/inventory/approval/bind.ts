import { type Approval, canonicalAddress, canonicalMac, type Device, type DeviceId, holdsAt, type Instant } from '../../core/index.ts';
import { wholesOf } from '../merge-members.ts';
import type { Roll } from '../roll.ts';

/** Approvals as they stand at a moment: by whom they are about. */
export interface Bound {
  /** In force, of each device; those of its parts are among them. */
  readonly inForce: ReadonlyMap<DeviceId, readonly Approval[]>;
  /** Made by then and over, of each device: what explains why something is not approved any more. */
  readonly over: ReadonlyMap<DeviceId, readonly Approval[]>;
  /** In force, of hosts that nobody answered for yet; by reference. */
  readonly unseen: ReadonlyMap<string, readonly Approval[]>;
  /** In force, of groups and everywhere. */
  readonly policies: readonly Approval[];
  /** Whether anything was ever approved of a device by then. */
  readonly any: boolean;
}

/** Who is meant by each approval that was made by a moment, in the roll as it was then. */
export function bindApprovals(approvals: readonly Approval[], roll: Roll, at: Instant): Bound {
  const made = approvals.filter((approval) => approval.at <= at);
  const find = finderIn(roll);
  const [inForce, over] = [new Map<DeviceId, Approval[]>(), new Map<DeviceId, Approval[]>()];
  const unseen = new Map<string, Approval[]>();
  const ofDevices = made.filter(({ subject }) => subject.kind === 'device' || subject.kind === 'host');
  for (const approval of ofDevices) {
    const holds = holdsAt(approval, at);
    const found = find(approval);
    for (const device of found) push(holds ? inForce : over, device.id, approval);
    // A device that was forgotten is nobody, and not missing; a host was approved before anybody knew it.
    if (found.length === 0 && holds && approval.subject.kind === 'host') push(unseen, approval.subject.reference, approval);
  }
  const policies = made.filter((approval) => isPolicy(approval) && holdsAt(approval, at));
  return { inForce, over, unseen, policies, any: ofDevices.length > 0 };
}

export const isPolicy = ({ subject }: Pick<Approval, 'subject'>): boolean => subject.kind === 'group' || subject.kind === 'everywhere';

function push<Key>(map: Map<Key, Approval[]>, key: Key, approval: Approval): void {
  const known = map.get(key);
  if (known) known.push(approval);
  else map.set(key, [approval]);
}

type Find = (approval: Pick<Approval, 'subject'>) => readonly Device[];

/** The devices that approvals are about: a part counts as what it is part of, a host is whoever answers to the reference. */
export function finderIn(roll: Roll): Find {
  const index = indexOf(roll);
  return ({ subject }) => {
    if (subject.kind === 'host') return index.get(keyOf(subject.reference)) ?? [];
    return subject.kind === 'device' ? standingOf(roll, subject.device) : [];
  };
}

function standingOf(roll: Roll, id: DeviceId): readonly Device[] {
  const device = roll.devices.get(id);
  if (device) return [device];
  const part = roll.merged.get(id);
  const whole = part && wholesOf(roll, part).at(-1);
  return whole && whole.mergedInto === null ? [whole] : [];
}

/** A reference as it is looked up: a MAC, an address, or a name in lower case. */
export const keyOf = (reference: string): string =>
  canonicalMac(reference) ?? canonicalAddress(reference) ?? `${NAME}${reference.normalize('NFC').toLowerCase()}`;

/** By hardware address, by name, and by the address at which each was seen last. */
function indexOf(roll: Roll): ReadonlyMap<string, readonly Device[]> {
  const index = new Map<string, Device[]>();
  for (const device of roll.devices.values()) {
    for (const { mac } of device.macs) add(index, mac, device);
    for (const name of trustedNames(device)) add(index, keyOf(name), device);
  }
  for (const [address, device] of lastAt(roll)) add(index, address, device);
  for (const [key, devices] of index) if (key.startsWith(NAME) && devices.length > 1) index.delete(key); // it could be either
  return index;
}

function add(index: Map<string, Device[]>, key: string, device: Device): void {
  const known = index.get(key);
  if (!known) index.set(key, [device]);
  else if (!known.includes(device)) known.push(device);
}

/** Who was seen last at each address. */
function lastAt({ devices }: Roll): ReadonlyMap<string, Device> {
  const found = new Map<string, { readonly device: Device; readonly seenAt: Instant }>();
  for (const device of devices.values())
    for (const { address, seenAt } of device.addresses) {
      const known = found.get(address);
      if (!known || known.seenAt < seenAt) found.set(address, { device, seenAt });
    }
  return new Map([...found].map(([address, { device }]) => [address, device]));
}

const NAME = 'name ';

/** By whatever a device calls itself anybody could pass for another. */
const SELF_SAID: ReadonlySet<string> = new Set(['dhcp', 'mdns', 'netbios', 'llmnr']);

const trustedNames = ({ labels, names }: Device): string[] => [
  ...(labels.alias === null ? [] : [labels.alias]),
  ...names.flatMap(({ name, source }) => (SELF_SAID.has(source) ? [] : [name])),
];
