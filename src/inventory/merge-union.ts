import {
  byAddress,
  byMac,
  byPort,
  byRank,
  type Device,
  type DeviceAddress,
  type DeviceId,
  type DeviceMac,
  type DevicePort,
  type HostName,
  type Labels,
  mergeClues,
  mergePorts,
  type Presence,
  type Protocol,
  portStateOf,
} from '../core/index.ts';

/**
 * One device that is all of these. Of what only one can say, the first says it, then whoever was seen last; of a port,
 * whoever was seen last among those who were asked.
 */
export function unionOf(keep: Device, absorbed: readonly Device[]): Device {
  // By number where the moment is the same: taking a merge back must not depend on who is named first.
  const others = absorbed.toSorted((a, b) => b.lastSeen - a.lastSeen || a.id - b.id);
  const all = [keep, ...others];
  const lately = all.toSorted((a, b) => b.lastSeen - a.lastSeen);
  return {
    ...keep,
    lastSeen: Math.max(...all.map(({ lastSeen }) => lastSeen)),
    presence: presenceOf(all),
    macs: macsOf(all),
    addresses: addressesOf(all),
    names: namesOf(all),
    ports: portsOf(lately),
    asked: askedOf(all),
    os: first(all, ({ os }) => os),
    clues: others.reduce((clues, other) => mergeClues(clues, other.clues), keep.clues),
    labels: labelsOf(all),
    rhythm: first(all, ({ rhythm }) => rhythm),
  };
}

const first = <T>(devices: readonly Device[], of: (device: Device) => T | null): T | null =>
  devices.map(of).find((value) => value !== null) ?? null;

/** Present if any is; away only if all are: of one that is unknown nobody can say. */
function presenceOf(devices: readonly Device[]): Presence {
  const all = new Set(devices.map(({ presence }) => presence));
  return (['present', 'unknown', 'away'] as const).find((presence) => all.has(presence)) ?? 'unknown';
}

function macsOf(devices: readonly Device[]): readonly DeviceMac[] {
  const macs = new Map<string, DeviceMac>();
  for (const entry of devices.flatMap((device) => device.macs)) if (!macs.get(entry.mac)?.vendor) macs.set(entry.mac, entry);
  return [...macs.values()].sort(byMac);
}

/** Where it was last seen: where those are that are present; when none is, where the last of them was. */
function addressesOf(devices: readonly Device[]): readonly DeviceAddress[] {
  const here = devices.filter(({ presence }) => presence === 'present');
  const last = Math.max(...devices.map(({ lastSeen }) => lastSeen));
  const found = new Map<string, DeviceAddress>();
  for (const entry of (here.length > 0 ? here : devices.filter(({ lastSeen }) => lastSeen === last)).flatMap(
    ({ addresses }) => addresses,
  )) {
    if ((found.get(entry.address)?.seenAt ?? -1) < entry.seenAt) found.set(entry.address, entry);
  }
  return [...found.values()].sort(byAddress);
}

function namesOf(devices: readonly Device[]): readonly HostName[] {
  const names = new Map<string, HostName>();
  for (const entry of devices.flatMap((device) => device.names).sort(byRank)) if (!names.has(entry.name)) names.set(entry.name, entry);
  return [...names.values()];
}

function portsOf(lately: readonly Device[]): readonly DevicePort[] {
  const ports = new Map<string, DevicePort>();
  lately.forEach((device, place) => {
    for (const entry of device.ports) {
      const told = lately.slice(0, place).some((newer) => portStateOf(newer, entry.protocol, entry.port) !== 'unknown');
      const key = `${entry.protocol}/${entry.port}`;
      if (!told && !ports.has(key)) ports.set(key, entry);
    }
  });
  return [...ports.values()].sort(byPort);
}

function askedOf(devices: readonly Device[]): Device['asked'] {
  const protocols = [...new Set(devices.flatMap(({ asked }) => Object.keys(asked) as Protocol[]))];
  return Object.fromEntries(protocols.map((protocol) => [protocol, mergePorts(devices.flatMap(({ asked }) => asked[protocol] ?? []))]));
}

/** Nobody's word is lost: what the first says stays, what only others say is added. Who may not be asked stays unasked. */
function labelsOf(devices: readonly Device[]): Labels {
  const said = <K extends keyof Labels>(key: K): Labels[K] | null => first(devices, ({ labels }) => labels[key]);
  const all = <T>(of: (labels: Labels) => readonly T[]): T[] => [...new Set(devices.flatMap(({ labels }) => of(labels)))];
  const members = new Set<DeviceId>(devices.map(({ id }) => id));
  return {
    alias: said('alias'),
    type: said('type'),
    owner: said('owner'),
    carried: said('carried'),
    groups: all(({ groups }) => groups).sort(),
    tags: all(({ tags }) => tags).sort(),
    note: said('note'),
    importance: devices.map(({ labels }) => labels.importance).find((importance) => importance !== 'normal') ?? 'normal',
    window: said('window'),
    probed: devices.every(({ labels }) => labels.probed),
    gentle: devices.some(({ labels }) => labels.gentle === true) || said('gentle'),
    harmed: said('harmed'),
    distinct: all(({ distinct }) => distinct)
      .filter((id) => !members.has(id))
      .toSorted((a, b) => a - b),
  };
}
