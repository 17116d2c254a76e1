import {
  type ChangeDraft,
  type ChangeKind,
  type Device,
  deviceName,
  type Family,
  type Instant,
  isRandomizedMac,
  type Json,
  type JsonObject,
  parseAddress,
} from '../core/index.ts';
import { compareExpiry } from './compare-expiry.ts';
import { comparePorts, portSide } from './compare-ports.ts';

/**
 * The only maker of device changes: what happened between two beliefs about one device. `before` is null when
 * it was not known. Learning something that was unknown is not a change: unknown is not closed, away or nameless.
 */
export function compareDevices(before: Device | null, after: Device): ChangeDraft[] {
  if (before === null)
    return [{ kind: 'device.appeared', device: after.id, before: null, after: deviceSide(after) }, ...compareExpiry(null, after)];
  const drafts = [presenceChange(before, after), addressChange(before, after), identityChange(before, after)];
  return [...drafts.filter((draft) => draft !== null), ...comparePorts(before, after), ...compareExpiry(before, after)];
}

/** A tarpit shows all 65,536 ports open; whoever wants them all asks for the device. */
const PORTS_SHOWN = 100;

/** A device in a change: what somebody who reads only this change needs to recognise it. */
export function deviceSide(device: Device): JsonObject {
  const open = device.ports.filter(({ state }) => state === 'open');
  return {
    name: deviceName(device),
    macs: device.macs.map(({ mac }) => mac),
    addresses: device.addresses.map(({ address }) => address),
    vendor: device.macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
    randomizedMac: device.macs.some(({ mac }) => isRandomizedMac(mac)),
    openPorts: open.length,
    ports: open.slice(0, PORTS_SHOWN).map(portSide),
  };
}

function presenceChange(before: Device, after: Device): ChangeDraft | null {
  const kind = presenceKind(before, after);
  if (kind === null) return null;
  return { kind, device: after.id, ...presenceSides(before, after) };
}

/** The sides of a device that left or returned. */
export function presenceSides(before: Device, after: Device): { before: JsonObject; after: JsonObject } {
  return {
    before: { presence: before.presence, lastSeen: timeText(before.lastSeen) },
    after: { presence: after.presence, addresses: after.addresses.map(({ address }) => address) },
  };
}

/** ISO 8601, UTC; null for a time past all calendars, which a file may claim. */
export function timeText(at: Instant): string | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function presenceKind(before: Device, after: Device): ChangeKind | null {
  if (before.presence !== 'away' && after.presence === 'away') return 'device.left';
  if (before.presence === 'away' && after.presence === 'present') return 'device.returned';
  return null;
}

/**
 * Addresses of a family that was not known before are learned, not changed: the first look with IPv6 moves nobody. Nor
 * does another IPv6 address in the same network: devices make up a new one each day, for privacy.
 */
function addressChange(before: Device, after: Device): ChangeDraft | null {
  if (before.addresses === after.addresses) return null;
  const [old, fresh] = [before.addresses.map(({ address }) => address), after.addresses.map(({ address }) => address)];
  const families = new Set(old.map(familyOf));
  const comparable = fresh.filter((address) => families.has(familyOf(address)));
  const places = (addresses: readonly string[]): string[] => [...new Set(addresses.map(placeOf))];
  return sameSet(places(old), places(comparable)) ? null : listChange('device.readdressed', after.id, { addresses: [old, fresh] });
}

/** An IPv4 address, or the /64 network of an IPv6 one. */
function placeOf(address: string): string {
  const value = familyOf(address) === 6 ? parseAddress(address) : undefined;
  return value ? `${value.value >> 64n}` : address;
}

const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

/** Other MACs or other names. A first MAC or a first name was merely learned. */
function identityChange(before: Device, after: Device): ChangeDraft | null {
  return listChange('identity.changed', after.id, {
    macs: [before.macs.map(({ mac }) => mac), after.macs.map(({ mac }) => mac)],
    names: namesOfKnownSources(before, after),
  });
}

/** What a source said that had never said anything was learned, not changed. */
function namesOfKnownSources(before: Device, after: Device): Sides {
  const sources = new Set(before.names.map(({ source }) => source));
  const known = new Set<string>(before.names.map(({ name }) => name));
  const told = after.names.filter(({ name, source }) => sources.has(source) || known.has(name));
  return [before.names.map(({ name }) => name), told.map(({ name }) => name)];
}

type Sides = readonly [before: readonly string[], after: readonly string[]];

/** One change for the lists that differ; a list that was empty before was unknown. */
function listChange(kind: ChangeKind, device: number, lists: Readonly<Record<string, Sides>>): ChangeDraft | null {
  const differing = Object.entries(lists).filter(([, [before, after]]) => before.length > 0 && !sameSet(before, after));
  if (differing.length === 0) return null;
  const side = (index: 0 | 1): JsonObject =>
    Object.fromEntries(differing.map(([name, sides]): [string, Json] => [name, [...sides[index]]]));
  return { kind, device, before: side(0), after: side(1) };
}

/** Whether two lists without repeats hold the same, in whatever order. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
