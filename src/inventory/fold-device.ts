import {
  byAddress,
  byMac,
  byRank,
  type Coverage,
  type Device,
  type DeviceAddress,
  type DeviceId,
  type DeviceMac,
  type Instant,
  type KnownName,
  type Mac,
  mergeClues,
  type NameSource,
  NOTHING_LEARNED,
  type Observation,
} from '../core/index.ts';
import { covers } from '../diff/index.ts';
import { boundAddresses } from './bound-addresses.ts';
import { foldPorts, sameOr } from './fold-ports.ts';
import { type PresenceRules, placeWindow, withoutFuture } from './presence.ts';
import { restlessness } from './presence-restless.ts';
import { learnRhythm } from './rhythm.ts';
import { CERTIFICATE_DAYS, tellExpiry } from './tell-expiry.ts';

/** A device nobody has seen yet: what the first observation is folded into. */
export function unseenDevice(id: DeviceId, site: string, at: number): Device {
  const nothing = { macs: [], addresses: [], names: [], ports: [], asked: {}, os: null, ...NOTHING_LEARNED } as const;
  return { id, site, firstSeen: at, lastSeen: at, presence: 'present', ...nothing };
}

/** What a scan asked, and what its silence means. */
export interface Judgement {
  readonly coverage: Coverage;
  readonly rules: PresenceRules;
  /** When the scan began; left out for one that took no time. */
  readonly startedAt?: Instant;
}

/** The device after a scan saw it at these hosts. Lists that did not change keep their identity. */
export function foldDevice(known: Device, observations: readonly Observation[], judgement: Judgement): Device {
  const { coverage, rules } = judgement;
  const device = withoutFuture(known, rules);
  const macs = foldMacs(device.macs, observations);
  const addresses = foldAddresses({ ...device, macs }, observations, judgement);
  return {
    ...device,
    presence: 'present',
    lastSeen: Math.max(device.lastSeen, rules.at),
    macs,
    addresses,
    names: foldNames(device.names, observations, rules.at),
    ...portsAfter(device, observations, { coverage, rules, elsewhere: isElsewhere(device, addresses, rules) }),
    os: observations.find((observation) => observation.os !== null)?.os ?? device.os,
    clues: mergeClues(
      device.clues,
      observations.flatMap(({ clues }) => clues ?? []),
    ),
    rhythm: learnRhythm(device, judgement, (one) => restlessness(one) !== null),
  };
}

/** Its ports, with a note of each certificate that nears its end. */
function portsAfter(
  device: Device,
  observations: readonly Observation[],
  { coverage, rules, elsewhere }: Judgement & { readonly elsewhere: boolean },
): Pick<Device, 'ports' | 'asked'> {
  const { ports, asked } = foldPorts(device, observations, { coverage, elsewhere, at: rules.at });
  return { ports: tellExpiry(ports, { at: rules.at, days: rules.certificateDays ?? CERTIFICATE_DAYS }), asked };
}

/** Whether the device lately was at addresses where this scan, which has just dated all it saw, did not see it. */
function isElsewhere(device: Device, addresses: readonly DeviceAddress[], rules: PresenceRules): boolean {
  return addresses.some(({ seenAt }) => seenAt < rules.at && rules.at - seenAt < rules.staleAfter(device));
}

function foldMacs(known: readonly DeviceMac[], observations: readonly Observation[]): readonly DeviceMac[] {
  const told = observations.every(({ mac }) => mac === null || known.some((entry) => entry.mac === mac && entry.vendor));
  if (told) return known;
  const macs = new Map(known.map((entry) => [entry.mac, entry]));
  for (const { mac, vendor } of observations) if (mac && !macs.get(mac)?.vendor) macs.set(mac, { mac, vendor: vendor || null });
  return sameOr(known, [...macs.values()].sort(byMac), ({ mac, vendor }) => JSON.stringify([mac, vendor]));
}

/**
 * Seen addresses replace the covered ones at which it no longer answers. Without a new address nothing moved:
 * a lost reply at one of several addresses is no news until the window has passed.
 */
function foldAddresses(device: Device, observations: readonly Observation[], judgement: Judgement): readonly DeviceAddress[] {
  const { coverage, rules } = judgement;
  const before = new Map(device.addresses.map((entry) => [entry.address, entry]));
  const fresh = withoutStale(device, observations, judgement);
  const cards = device.macs.length > 1 ? cardsAt(fresh) : null;
  const seen = new Map(
    fresh.map(({ address }): [string, DeviceAddress] => {
      const known = before.get(address);
      const mac = cards?.get(address) ?? known?.mac;
      return [address, { address, seenAt: Math.max(known?.seenAt ?? rules.at, rules.at), ...(cards && mac && { mac }) }];
    }),
  );
  const moved = [...seen.keys()].some((address) => !before.has(address));
  const isLeft = (entry: DeviceAddress): boolean =>
    covers(coverage, entry) && (moved || rules.at - entry.seenAt >= placeWindow(device, rules));
  const former = device.addresses.filter((entry) => !seen.has(entry.address) && !isLeft(entry));
  return boundAddresses([...seen.values(), ...former].sort(byAddress));
}

/** Under which hardware address each address answered; one that answered under two is anybody's. */
function cardsAt(observations: readonly Observation[]): ReadonlyMap<string, Mac> {
  const cards = new Map<string, Mac>();
  const shared = new Set<string>();
  for (const { address, mac } of observations) {
    if (mac === null) continue;
    if ((cards.get(address) ?? mac) !== mac) shared.add(address);
    cards.set(address, mac);
  }
  for (const address of shared) cards.delete(address);
  return cards;
}

/**
 * Who was seen somewhere by a quicker scan while this one was under way has moved since this one met it: only
 * the addresses it is still known by count, or a slow port scan would undo each move it overlaps.
 */
function withoutStale(
  device: Device,
  observations: readonly Observation[],
  { rules, startedAt = rules.at }: Judgement,
): readonly Observation[] {
  const overtaken = device.addresses.some(({ seenAt }) => seenAt > startedAt && seenAt <= rules.at);
  if (!overtaken) return observations;
  return observations.filter(({ address }) => device.addresses.some((entry) => entry.address === address));
}

/** Sources that a scan asks each time, so that the answer "none" takes their names away. */
const ASKED_EACH_TIME: ReadonlySet<NameSource> = new Set(['dns', 'hosts', 'scan']);

function foldNames(known: readonly KnownName[], observations: readonly Observation[], at: Instant): readonly KnownName[] {
  const answers = observations.flatMap(({ names }) => (names === null ? [] : [names]));
  if (answers.length === 0 || (known.length === 0 && answers.every((said) => said.length === 0))) return known;
  if (answers.every((names) => sameNames(known, names)))
    return known.map((entry) => ({ ...entry, heardAt: Math.max(entry.heardAt ?? at, at) }));
  const names = new Map<string, KnownName>();
  // Who answers replaces what it said before, and not what others say: a foreign report must not undo our resolver.
  const answered = new Set(observations.flatMap(({ names: told, namesFrom }) => namesFrom ?? told?.map(({ source }) => source) ?? []));
  const lasting = known.filter(({ source }) => !(answered.size > 0 ? answered : ASKED_EACH_TIME).has(source));
  // Best source first, so that of two sources of one name the better one is kept; a name cleaned to nothing is none.
  for (const entry of [...lasting, ...answers.flat()].sort(byRank)) {
    if (entry.name !== '' && !names.has(entry.name)) names.set(entry.name, entry);
  }
  const said = new Set(answers.flat().map(({ name, source }) => `${source} ${name}`));
  const before = new Map(known.map((entry) => [entry.name, entry]));
  return [...names.values()].map((entry) => {
    const old = before.get(entry.name);
    const kept: Partial<KnownName> = old?.source === entry.source ? old : { since: at };
    const heardAt = said.has(`${entry.source} ${entry.name}`) ? Math.max(kept.heardAt ?? at, at) : kept.heardAt;
    return { ...kept, name: entry.name, source: entry.source, ...(heardAt !== undefined && { heardAt }) };
  });
}

/** Whether they are the same but for when they were said. */
export function sameNames(known: readonly KnownName[], names: readonly KnownName[]): boolean {
  return known.length === names.length && known.every(({ name, source }, i) => name === names[i]?.name && source === names[i].source);
}
