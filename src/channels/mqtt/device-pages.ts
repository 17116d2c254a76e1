import { type JsonObject, type MirroredDevice, type Presence } from '../../core/index.ts';
import { discoveryOf } from './discovery.ts';
import { few, type Ground, iso, json, MOST, type Page, short, shortOrNull } from './page.ts';

/** As Home Assistant calls it. "None": nobody can say. */
export const STATES: Readonly<Record<Presence, string>> = { present: 'home', away: 'not_home', unknown: 'None' };
/** The same, as newer versions of it ask; left out: nobody can say. */
const ZONES: Readonly<Record<Presence, JsonObject>> = { present: { in_zones: ['zone.home'] }, away: { in_zones: [] }, unknown: {} };

/** What stands of a device: its presence, what is known of it, and what Home Assistant is told. */
export function devicePages(ground: Ground, device: MirroredDevice): readonly Page[] {
  const place = `${ground.topics.root}/device/${device.id}`;
  return [
    { topic: `${place}/state`, payload: STATES[device.presence] },
    { topic: `${place}/attributes`, payload: json({ ...ZONES[device.presence], ...factsOf(device) }) },
    ...tracker(ground, {
      object: `device_${device.id}`,
      place,
      device: {
        identifiers: [`${ground.topics.node}_device_${device.id}`],
        connections: device.macs.slice(0, MOST).map((mac) => ['mac', mac]),
        name: nameOf(device),
        ...(device.vendor === null ? {} : { manufacturer: short(device.vendor) }),
        ...(device.type === null ? {} : { model: device.type }),
        via_device: ground.topics.node,
      },
    }),
  ];
}

/** Somebody or something that is home or not. Both ways to say so are given: each version of Home Assistant takes the one it knows. */
export function tracker(
  ground: Ground,
  { object, place, device }: { readonly object: string; readonly place: string; readonly device: JsonObject },
): readonly Page[] {
  const state = `${place}/state`;
  const keys = { state_topic: state, json_attributes_topic: `${place}/attributes`, source_type: 'router' };
  return discoveryOf(ground, { component: 'device_tracker', object, name: null, device, keys, unsure: state });
}

export const zonesOf = (presence: Presence): JsonObject => ZONES[presence];

const nameOf = ({ id, name, hostname, address }: MirroredDevice): string => short(name ?? hostname ?? address ?? '') || `device ${id}`;

const factsOf = ({ id, address, macs, hostname, vendor, type, owner, groups, firstSeen, lastSeen }: MirroredDevice): JsonObject => ({
  rollcall_id: id,
  ip: address,
  mac: macs[0] ?? null,
  ...(macs.length > 1 ? { macs: macs.slice(0, MOST) } : {}),
  host_name: shortOrNull(hostname),
  vendor: shortOrNull(vendor),
  type,
  owner: shortOrNull(owner),
  groups: few(groups),
  first_seen: iso(firstSeen),
  last_seen: iso(lastSeen),
});
