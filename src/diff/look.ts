import {
  byAddress,
  byMac,
  byRank,
  type Coverage,
  type Device,
  type DeviceMac,
  type HostName,
  mergeClues,
  NOTHING_LEARNED,
  type Observation,
  type ScriptSeen,
  type ViewDevice,
  type ViewEntry,
} from '../core/index.ts';
import { portsOfLook, unlistedOfLook } from './look-ports.ts';

/** One host as one scan saw it, and what its scripts printed. */
export interface HostSeen {
  readonly observation: Observation;
  readonly scripts: readonly ScriptSeen[];
}

/**
 * Which hosts of one look are one device, as places in the list, in order of appearance: hosts with the same MAC, and
 * nameless answers from an address that was somebody's already. The same thinking as the inventory's, without a past.
 */
export function sameDevices(hosts: readonly Pick<Observation, 'address' | 'mac'>[]): number[][] {
  const groups = new Map<string, number[]>();
  const holders = new Map<string, string>();
  hosts.forEach(({ address, mac }) => {
    if (mac !== null && !holders.has(address)) holders.set(address, mac);
  });
  hosts.forEach(({ address, mac }, place) => {
    const key = mac ?? holders.get(address) ?? address;
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  });
  return [...groups.values()];
}

/** By what a device of one look is recognised in another view. */
export function entryOf(
  observations: readonly Pick<Observation, 'address' | 'mac' | 'names'>[],
  fingerprint: string | null = null,
): ViewEntry {
  return {
    device: null,
    macs: distinct(observations.flatMap(({ mac }) => mac ?? [])),
    addresses: distinct(observations.map(({ address }) => address)),
    names: distinct(observations.flatMap(({ names }) => (names ?? []).map(({ name }) => name))),
    fingerprint,
  };
}

const distinct = (texts: readonly string[]): readonly string[] => (texts.length < 2 ? texts : [...new Set(texts)]);

/** The device that these hosts are (see {@link sameDevices}); `place` becomes its id. */
export function viewDeviceOf(hosts: readonly HostSeen[], coverage: Coverage, place: number): ViewDevice {
  const observations = hosts.map(({ observation }) => observation);
  return {
    device: deviceOf(observations, coverage, place),
    unlisted: unlistedOfLook(observations),
    scripts: hosts.flatMap(({ scripts }) => scripts),
  };
}

/** The device that one look at these hosts makes, at least one: all that is known of it is what they say. */
export function deviceOf(observations: readonly Observation[], coverage: Coverage, place: number): Device {
  const lastSeen = observations.reduce((last, { seenAt }) => Math.max(last, seenAt), Number.NEGATIVE_INFINITY);
  return {
    id: place,
    site: '',
    firstSeen: observations.reduce((first, { seenAt }) => Math.min(first, seenAt), lastSeen),
    lastSeen,
    presence: 'present',
    macs: macsOf(observations),
    // One look has one moment: none of its addresses is a former one.
    addresses: entryOf(observations)
      .addresses.map((address) => ({ address, seenAt: lastSeen }))
      .sort(byAddress),
    names: namesOf(observations),
    ...portsOfLook(observations, coverage),
    os: observations.find(({ os }) => os !== null)?.os ?? null,
    ...NOTHING_LEARNED,
    clues: mergeClues(
      [],
      observations.flatMap(({ clues }) => clues ?? []),
    ),
  };
}

function macsOf(observations: readonly Observation[]): DeviceMac[] {
  const macs = new Map<string, DeviceMac>();
  for (const { mac, vendor } of observations) if (mac && !macs.get(mac)?.vendor) macs.set(mac, { mac, vendor: vendor || null });
  return [...macs.values()].sort(byMac);
}

/** Of two sources of one name the better one counts; a name cleaned to nothing is none. */
function namesOf(observations: readonly Observation[]): HostName[] {
  const names = new Map<string, HostName>();
  for (const entry of observations.flatMap((seen) => seen.names ?? []).sort(byRank))
    if (entry.name !== '' && !names.has(entry.name)) names.set(entry.name, entry);
  return [...names.values()];
}
