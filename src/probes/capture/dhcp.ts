import type { Address, Clue, HostName, Mac } from '../../core/index.ts';
import { hexOf, isMac, v4At } from './bytes.ts';
import { OPTION, readOptions } from './dhcp-options.ts';
import { cluesOf, namesOf, type Said, type SaidReading } from './frame-seen.ts';

const MESSAGES = ['', 'discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'] as const;
const FIXED = 240;
const COOKIE = '63825363';
const NOBODY = '0.0.0.0';

type Options = ReadonlyMap<number, Uint8Array>;

/** DHCPv4, of clients and of servers. What a relay passes on is not the relay's own and is left out. */
export function readDhcp(bytes: Uint8Array, sender: { readonly mac: Mac; readonly address: Address }): SaidReading {
  if (bytes.length < FIXED || hexOf(bytes.subarray(236, FIXED)) !== COOKIE) return 'malformed';
  if (bytes[1] !== 1 || bytes[2] !== 6) return 'passed';
  const options = readOptions(bytes.subarray(FIXED));
  if (options === 'malformed') return options;
  const message = MESSAGES[options.get(OPTION.message)?.[0] ?? 0] || 'message';
  if (bytes[0] === 2) return { way: 'dhcp', address: sender.address, line: `dhcp ${message} from server ${sender.address}` };
  if (bytes[0] !== 1) return 'malformed';
  return v4At(bytes, 24) === NOBODY ? ofClient(bytes, options, { message, mac: sender.mac }) : 'passed';
}

function ofClient(bytes: Uint8Array, options: Options, { message, mac }: { message: string; mac: Mac }): Said {
  const requested = addressIn(options.get(OPTION.requested));
  const line = `dhcp ${message}${requested === null ? '' : ` for ${requested}`} from ${mac}`;
  // Asked for somebody else's card: only the sender is seen.
  if (!isMac(bytes, 28, mac)) return { way: 'dhcp', address: null, line };
  return { way: 'dhcp', address: ownAddress(bytes, options, message), names: namesIn(options), clues: cluesIn(options), line };
}

/**
 * The address it has, or has just been offered and takes. One that it had once and asks for again may by now be
 * somebody else's.
 */
function ownAddress(bytes: Uint8Array, options: Options, message: string): Address | null {
  const has = v4At(bytes, 12);
  if (has !== NOBODY) return has;
  return message === 'request' && options.has(OPTION.server) ? addressIn(options.get(OPTION.requested)) : null;
}

const addressIn = (value: Uint8Array | undefined): Address | null => (value?.length === 4 ? v4At(value, 0) : null);

function namesIn(options: Options): readonly HostName[] {
  const name = options.get(OPTION.hostName);
  const fqdn = options.get(OPTION.fqdn);
  return namesOf('dhcp', [textOf(name), fqdn === undefined ? '' : fqdnText(fqdn)]);
}

/** Option 81 (RFC 4702): flags, two dead octets, then text, or labels as in DNS when the E flag is set. */
function fqdnText(value: Uint8Array): string {
  const encoded = ((value[0] ?? 0) & 4) !== 0;
  return encoded ? labels(value.subarray(3)) : textOf(value.subarray(3));
}

function labels(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let offset = 0; offset < bytes.length && bytes[offset] !== 0; offset += (bytes[offset] as number) + 1)
    parts.push(textOf(bytes.subarray(offset + 1, offset + 1 + (bytes[offset] as number))));
  return parts.join('.');
}

function cluesIn(options: Options): readonly Clue[] {
  return [
    ...cluesOf('dhcp.client', [hexOf(options.get(OPTION.client) ?? new Uint8Array())]),
    ...cluesOf('dhcp.vendor', [textOf(options.get(OPTION.vendor))]),
    ...cluesOf('dhcp.options', [(options.get(OPTION.list) ?? []).join(',')]),
  ];
}

const UTF8 = new TextDecoder();
const textOf = (bytes: Uint8Array | undefined): string => UTF8.decode(bytes ?? new Uint8Array());
