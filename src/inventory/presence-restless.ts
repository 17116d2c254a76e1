import { type ClueKind, type Device, type DeviceType, isRandomizedMac } from '../core/index.ts';

const POCKETS: ReadonlySet<DeviceType> = new Set(['phone', 'tablet', 'watch']);
const TELLING: ReadonlySet<ClueKind> = new Set(['dhcp.vendor', 'mdns.model']);
const POCKET_NAME = /i-?phone|i-?pad|i-?pod|android|galaxy|pixel-|oneplus|xiaomi|redmi|huawei|honor-|apple-?watch|phone|tablet/i;

/**
 * Why a device is taken for one that sleeps and is carried about until it has shown otherwise; null when nothing says so.
 * What a person says of its type beats all signs.
 */
export function restlessness(device: Device): string | null {
  const { type } = device.labels;
  if (type !== null) return POCKETS.has(type) ? `it is a ${type}` : null;
  if (device.macs.some(({ mac }) => isRandomizedMac(mac))) return 'its hardware address is made up';
  if (device.names.some(({ name }) => POCKET_NAME.test(name))) return 'its name is that of a phone';
  const told = device.clues.some(({ kind, value }) => TELLING.has(kind) && POCKET_NAME.test(value));
  return told ? 'it calls itself a phone' : null;
}
