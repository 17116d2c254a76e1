import type { Address, Device, DeviceId } from '../core/index.ts';
import type { Sighted } from './identify.ts';

/**
 * Of a device that this look saw: without addresses at which it saw, by hardware address, another one that a person said it
 * is not. What was believed of both while they passed for one is of one of them.
 */
export function withoutOthers(sighted: readonly Sighted[]): (device: Device) => Device {
  let seen: ReadonlyMap<Address, ReadonlySet<DeviceId>> | undefined;
  return (device) => {
    const { id, labels } = device;
    if (labels.distinct.length === 0) return device; // as nearly all
    seen ??= cardsSeen(sighted);
    const addresses = device.addresses.filter(({ address }) => {
      const there = seen?.get(address);
      return there === undefined || there.has(id) || !labels.distinct.some((other) => there.has(other));
    });
    return addresses.length === device.addresses.length ? device : { ...device, addresses };
  };
}

function cardsSeen(sighted: readonly Sighted[]): ReadonlyMap<Address, ReadonlySet<DeviceId>> {
  const seen = new Map<Address, Set<DeviceId>>();
  for (const { device, observations } of sighted)
    for (const { address, mac } of observations) if (mac !== null) seen.set(address, (seen.get(address) ?? new Set()).add(device));
  return seen;
}
