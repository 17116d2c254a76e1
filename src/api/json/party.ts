import type { GroupJson, PersonJson } from '../../contract/index.ts';
import { deviceName } from '../../core/index.ts';
import type { Party } from '../../inventory/index.ts';
import { instantToJson } from '../moment.ts';

export function personToJson({ name, is, devices, counted }: Party): PersonJson {
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

export function groupToJson(group: Party): GroupJson {
  return { ...personToJson(group), present: group.devices.filter(({ presence }) => presence === 'present').length };
}
