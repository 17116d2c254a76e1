import {
  type AddressRange,
  bad,
  type Device,
  type DevicePort,
  good,
  isRandomizedMac,
  parseAddress,
  parsePorts,
  parseTarget,
  portsHold,
  type Result,
  rangesHold,
} from '../../core/index.ts';
import type { Fits } from './filter.ts';
import { within, yesNo } from './values.ts';

export const namesOf = ({ labels, names }: Device): string[] => [
  ...(labels.alias === null ? [] : [labels.alias]),
  ...names.map((one) => one.name),
];
export const vendorsOf = ({ macs }: Device): string[] => macs.flatMap(({ vendor }) => (vendor === null ? [] : [vendor]));

const openPorts = ({ ports }: Device): readonly DevicePort[] => ports.filter(({ state }) => state === 'open');
const servicesOf = (device: Device): string[] =>
  openPorts(device).flatMap(({ service }) => (service ? [service.name, service.product] : []));

/** What answers on its open ports, and the model that it says it is. */
const productsOf = (device: Device): string[] => [
  ...openPorts(device).flatMap(({ service }) => service?.product ?? []),
  ...device.clues.flatMap(({ kind, value }) => (kind === 'mdns.model' ? [value] : [])),
];

/** Keys about what was found out. */
export const HARDWARE_KEYS = {
  name: within(namesOf),
  vendor: within(vendorsOf),
  os: within(({ os }) => (os === null ? [] : [os])),
  service: within(servicesOf),
  product: within(productsOf),
  random: yesNo(({ macs }) => macs.some(({ mac }) => isRandomizedMac(mac))),
  port: readPort,
  mac: readMac,
  ip: readAddresses,
  id: readId,
};

function readPort(value: string): Result<Fits> {
  const match = /^(?:(tcp|udp|sctp|ip)\/)?(\d{1,5}(?:-\d{1,5})?)$/.exec(value.toLowerCase());
  const wanted = match?.[2] === undefined ? undefined : parsePorts(match[2]);
  if (!wanted) return bad('it is no port', 'write a port like 23, udp/53 or 1-1024');
  const protocol = match?.[1];
  return good((device) =>
    openPorts(device).some((one) => (protocol === undefined || one.protocol === protocol) && portsHold(wanted, one.port)),
  );
}

function readMac(value: string): Result<Fits> {
  const digits = value.toLowerCase().replace(/[:-]/g, '');
  if (!/^[0-9a-f]{1,12}$/.test(digits)) return bad('it is no beginning of a MAC', 'write as much of it as you know, like 02:00:5e');
  return good(({ macs }) => macs.some(({ mac }) => mac.replaceAll(':', '').startsWith(digits)));
}

function readAddresses(value: string): Result<Fits> {
  const target = parseTarget(value.toLowerCase());
  if (target.ok && target.value.kind === 'ranges') return good(holding(target.value.ranges));
  // A target may also be a host name; here that is no help.
  const told = !target.ok && !target.remedy.includes('host name') ? target.remedy : null;
  const remedy = told ?? 'write an address, a block like 10.0.0.0/24, or a range like 10.0.0.10-10.0.0.20';
  return bad('it is no address, block or range', remedy);
}

const holding =
  (ranges: readonly AddressRange[]): Fits =>
  ({ addresses }) =>
    addresses.some(({ address }) => {
      const value = parseAddress(address);
      return value !== undefined && rangesHold(ranges, value);
    });

function readId(value: string): Result<Fits> {
  const wanted = Number(/^#?(\d{1,15})$/.exec(value)?.[1] ?? Number.NaN);
  return Number.isNaN(wanted) ? bad('it is no number', 'write the number that "rollcall devices" shows') : good(({ id }) => id === wanted);
}
