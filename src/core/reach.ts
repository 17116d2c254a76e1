import { type AddressRange, type AddressValue, blockRange, parseAddress } from './address.ts';
import { bad, good, type Result } from './fault.ts';

/** A place beside the public internet that channels may go to: a block, and one port of it where that is said. */
export interface Reach {
  readonly range: AddressRange;
  /** null: any. */
  readonly port: number | null;
  /** Whether it names one address alone. */
  readonly single: boolean;
}

const LOOPBACK: readonly AddressRange[] = [
  { family: 4, first: 0x7f000000n, last: 0x7fffffffn },
  { family: 6, first: 1n, last: 1n },
];
const SHAPE = /^(\[[0-9a-f:.]{2,45}\]|[0-9.]{7,15}|[0-9a-f:.]{2,45}?)(?:\/(\d{1,3})|:(\d{1,5}))?$/i;
const REMEDY =
  'write an address, a block or an address with its port, like "10.0.0.5", "192.168.1.0/24", "127.0.0.1:8080", "[fd00::5]:443"';

/** Reads an entry of [alerts] reach. This machine itself (loopback) is opened one port at a time only. */
export function parseReach(text: string): Result<Reach> {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
  const [, written = '', digits, portDigits] = SHAPE.exec(text) ?? [];
  const address = parseAddress(written.replaceAll(/[[\]]/g, ''));
  const port = portDigits === undefined ? null : Number(portDigits);
  const range = address && blockOf(address, digits);
  if (!address || !range || !isPort(port ?? 1)) return bad(`${shown} is no place that a channel could reach`, REMEDY);
  if (range.first !== address.value)
    return bad(`${shown} has bits beyond its block`, 'write the first address of the block, like "192.168.1.0/24"');
  if (port === null && LOOPBACK.some((one) => overlap(one, range)))
    return bad(`${shown} opens all of this machine`, 'name the one port, like "127.0.0.1:8080"');
  return good({ range, port, single: range.first === range.last });
}

function blockOf(address: AddressValue, digits: string | undefined): AddressRange | undefined {
  const bits = address.family === 4 ? 32 : 128;
  const prefix = digits === undefined ? bits : Number(digits);
  return prefix <= bits ? blockRange(address, prefix) : undefined;
}

const isPort = (port: number): boolean => port >= 1 && port <= 65535;

const overlap = (a: AddressRange, b: AddressRange): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;
