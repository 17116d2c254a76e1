import {
  type Coverage,
  type Device,
  type DeviceAddress,
  type DeviceId,
  type DeviceMac,
  type HostName,
  type NameSource,
  type Observation,
  parseAddress,
} from '../core/index.ts';
import { foldPorts, sameOr } from './fold-ports.ts';
import { covers, keptAddresses } from './mark-absent.ts';
import type { PresenceRules } from './presence.ts';

/** A device nobody has seen yet: what the first observation is folded into. */
export function unseenDevice(id: DeviceId, site: string, at: number): Device {
  const nothing = { macs: [], addresses: [], names: [], ports: [], asked: {}, os: null } as const;
  return { id, site, alias: null, window: null, firstSeen: at, lastSeen: at, presence: 'present', ...nothing };
}

/** The device after a scan saw it at these hosts. Lists that did not change keep their identity. */
export function foldDevice(device: Device, observations: readonly Observation[], coverage: Coverage, rules: PresenceRules): Device {
  return {
    ...device,
    presence: 'present',
    lastSeen: rules.at,
    macs: foldMacs(device.macs, observations),
    addresses: foldAddresses(device, observations, coverage, rules),
    names: foldNames(device.names, observations),
    ...foldPorts(device, observations, coverage),
    os: observations.find((observation) => observation.os !== null)?.os ?? device.os,
  };
}

function foldMacs(known: readonly DeviceMac[], observations: readonly Observation[]): readonly DeviceMac[] {
  const macs = new Map(known.map((entry) => [entry.mac, entry]));
  for (const { mac, vendor } of observations) if (mac && !macs.get(mac)?.vendor) macs.set(mac, { mac, vendor });
  return sameOr(
    known,
    [...macs.values()].sort((a, b) => (a.mac < b.mac ? -1 : 1)),
    ({ mac, vendor }) => `${mac} ${vendor}`,
  );
}

/**
 * Seen addresses replace the covered ones at which it no longer answers. Without a new address nothing moved:
 * a lost reply at one of several addresses is no news until the window has passed.
 */
function foldAddresses(device: Device, observations: readonly Observation[], coverage: Coverage, rules: PresenceRules): DeviceAddress[] {
  const seen = new Map(observations.map(({ address }) => [address, { address, seenAt: rules.at }]));
  const before = new Set(device.addresses.map(({ address }) => address));
  const moved = [...seen.keys()].some((address) => !before.has(address));
  const former = device.addresses.filter((entry) => !seen.has(entry.address) && !(moved && covers(coverage, entry)));
  const kept = keptAddresses([...seen.values(), ...former], coverage, { at: rules.at, window: rules.windowOf(device) });
  return [...kept].sort(byAddress);
}

function byAddress(a: DeviceAddress, b: DeviceAddress): number {
  const [left, right] = [parseAddress(a.address), parseAddress(b.address)];
  if (!left || !right || left.value === right.value) return 0;
  if (left.family !== right.family) return left.family - right.family;
  return left.value < right.value ? -1 : 1;
}

const RANK: Readonly<Record<NameSource, number>> = { user: 0, dhcp: 1, mdns: 2, dns: 3, hosts: 4, scan: 5 };
/** Sources that a scan asks each time, so that an answer without the old name takes it away. */
const ASKED_EACH_TIME: ReadonlySet<NameSource> = new Set(['dns', 'hosts', 'scan']);

function foldNames(known: readonly HostName[], observations: readonly Observation[]): readonly HostName[] {
  const answers = observations.flatMap(({ names }) => (names === null ? [] : [names]));
  if (answers.length === 0) return known;
  const names = new Map<string, HostName>();
  const lasting = known.filter(({ source }) => !ASKED_EACH_TIME.has(source));
  for (const entry of [...lasting, ...answers.flat()]) {
    const better = names.get(entry.name);
    if (!better || RANK[entry.source] < RANK[better.source]) names.set(entry.name, entry);
  }
  const sorted = [...names.values()].sort((a, b) => RANK[a.source] - RANK[b.source] || (a.name < b.name ? -1 : 1));
  return sameOr(known, sorted, ({ name, source }) => `${source} ${name}`);
}
