import type { Device } from '../../core/index.ts';
import type { Fits } from './filter.ts';
import { fold } from './fold.ts';
import { namesOf, vendorsOf } from './hardware-keys.ts';

/** A word without a key: part of a name, a MAC, an address or a maker. */
export function bareWord(value: string): Fits {
  const wanted = fold(value);
  const mac = wanted.replaceAll('-', ':');
  return (device) =>
    device.macs.some((one) => one.mac.includes(mac)) || textsOf(device).some((text) => text.toLowerCase().includes(wanted));
}

const textsOf = (device: Device): string[] => [...namesOf(device), ...vendorsOf(device), ...device.addresses.map(({ address }) => address)];
