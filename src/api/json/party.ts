import type { GroupJson, PersonJson } from '../../contract/index.ts';
import { deviceName, type Instant } from '../../core/index.ts';
import type { Party } from '../../inventory/index.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

export const personToJson = (person: Party, since: Instant | null): PersonJson => ({ ...partyToJson(person), since: instantOrNull(since) });

export function groupToJson(group: Party): GroupJson {
  return { ...partyToJson(group), present: group.devices.filter(({ presence }) => presence === 'present').length };
}

function partyToJson({ name, is, devices, counted }: Party): Omit<PersonJson, 'since'> {
  const counting = new Set(counted);
  const belongings = devices.map((device) => ({
    id: device.id,
    name: deviceName(device),
    presence: device.presence,
    lastSeen: instantToJson(device.lastSeen),
    counts: counting.has(device),
  }));
  const lastSeen = counted.reduce((latest, device) => Math.max(latest, device.lastSeen), 0);
  return { name, is, lastSeen: instantToJson(lastSeen), devices: belongings };
}
