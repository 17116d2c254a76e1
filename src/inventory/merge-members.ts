import { type Address, type Device, type DeviceId, deviceName, Fault } from '../core/index.ts';
import type { Roll } from './roll.ts';

/** The device of that id, which may be worked on; a fault that says what to do otherwise. `doing`: "merging". */
export function memberOf(roll: Roll, id: DeviceId, doing: string): Device {
  const device = roll.devices.get(id);
  if (device) return device;
  const part = roll.merged.get(id);
  if (part) {
    const whole = wholeOf(roll, part);
    throw new Fault('refused', `${doing} ${id}: it is part of #${whole.id} by now`, `name ${whole.id}, or take that merge back first`);
  }
  throw new Fault('not-found', `${doing} ${id}: there is no such device`, 'list them with "rollcall devices"');
}

/** The same for several, each once, in the order they were named. */
export const membersOf = (roll: Roll, ids: readonly DeviceId[], doing: string): readonly Device[] =>
  [...new Set(ids)].map((id) => memberOf(roll, id, doing));

/** What it was merged into, and what that was merged into, and so on. */
export function wholesOf(roll: Roll, part: Device): readonly Device[] {
  const wholes: Device[] = [];
  let id = part.mergedInto;
  while (id !== null && !wholes.some((whole) => whole.id === id)) {
    const whole: Device | undefined = roll.devices.get(id) ?? roll.merged.get(id);
    if (!whole) break;
    wholes.push(whole);
    id = whole.mergedInto;
  }
  return wholes;
}

const wholeOf = (roll: Roll, part: Device): Device => wholesOf(roll, part).at(-1) ?? part;

/** Devices that were merged straight into this one. */
export const partsOf = (roll: Roll, id: DeviceId): readonly Device[] =>
  [...roll.merged.values()].filter(({ mergedInto }) => mergedInto === id);

/** The same, with their own parts. */
export function allPartsOf(roll: Roll, id: DeviceId): readonly Device[] {
  const found = new Map<DeviceId, Device>();
  const wholes = [id];
  for (const whole of wholes) {
    for (const part of partsOf(roll, whole)) {
      if (found.has(part.id) || part.id === id) continue;
      found.set(part.id, part);
      wholes.push(part.id);
    }
  }
  return [...found.values()];
}

/** Where parts were that had nothing but their address: whoever answers there without a hardware address is what they were merged into. */
export function formerPlaces(roll: Roll): ReadonlyMap<Address, Device> {
  const nameless = [...roll.merged.values()].filter(({ macs }) => macs.length === 0);
  return new Map(nameless.flatMap((part) => part.addresses.map(({ address }): [Address, Device] => [address, wholeOf(roll, part)])));
}

/** "#7 phone", for sentences. */
export function shown(device: Device): string {
  const name = deviceName(device);
  return name === null ? `#${device.id}` : `#${device.id} ${name}`;
}

/** Both say of themselves that they are not the other. */
export function apart(device: Device, others: readonly DeviceId[]): Device {
  const distinct = [...new Set([...device.labels.distinct, ...others])].filter((id) => id !== device.id).sort((a, b) => a - b);
  return distinct.length === device.labels.distinct.length ? device : { ...device, labels: { ...device.labels, distinct } };
}
