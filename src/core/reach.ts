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
const WITH_PORT = /^(\[[0-9a-f:.]{2,45}\]|[0-9.]{7,15}):(\d{1,5})$/i;
const BLOCK = /^([0-9a-f:.]{2,45})(?:\/(\d{1,3}))?$/i;
const REMEDY =
  'write an address, a block or an address with its port, like "10.0.0.5", "192.168.1.0/24", "127.0.0.1:8080", "[fd00::5]:443"';

/** Reads an entry of [alerts] reach. This machine itself (loopback) is opened one port at a time only. */
export function parseReach(text: string): Result<Reach> {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
  const { written, prefix, port } = partsOf(text);
  const address = parseAddress(written);
  const range = address && blockOf(address, prefix);
  if (!address || !range || !isPort(port ?? 1)) return bad(`${shown} is no place that a channel could reach`, REMEDY);
  if (range.first !== address.value)
    return bad(`${shown} has bits beyond its block`, 'write the first address of the block, like "192.168.1.0/24"');
  if (port === null && LOOPBACK.some((one) => overlap(one, range)))
    return bad(`${shown} opens all of this machine`, 'name the one port, like "127.0.0.1:8080"');
  return good({ range, port, single: range.first === range.last });
}

/** `written` is empty for what is no place at all. */
function partsOf(text: string): { readonly written: string; readonly prefix: number | null; readonly port: number | null } {
  const [, place, port] = WITH_PORT.exec(text) ?? [];
  if (place !== undefined) return { written: place.replaceAll(/[[\]]/g, ''), prefix: null, port: Number(port) };
  const [, written = '', prefix] = BLOCK.exec(text) ?? [];
  return { written, prefix: prefix === undefined ? null : Number(prefix), port: null };
}

function blockOf(address: AddressValue, prefix: number | null): AddressRange | undefined {
  const bits = address.family === 4 ? 32 : 128;
  return (prefix ?? bits) <= bits ? blockRange(address, prefix ?? bits) : undefined;
}

const isPort = (port: number): boolean => port >= 1 && port <= 65535;

const overlap = (a: AddressRange, b: AddressRange): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;
