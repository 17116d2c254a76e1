import { type Address, type Clue, canonicalAddress, type HostName } from '../../core/index.ts';
import { cluesOf, namesOf, type SaidReading } from './frame-seen.ts';
import { type DnsRecord, openMessage } from './mdns-message.ts';

const SERVICE = /^(?:.*\.)?(_[^.]{1,63}\._(?:tcp|udp))\.local$/i;
/** "_services._dns-sd._udp.local" lists the types there are. */
const ALL_SERVICES = '_dns-sd._udp';
/** Keys of TXT records by which makers name the single device, and its model. */
const ID_KEYS: ReadonlySet<string> = new Set(['deviceid', 'id', 'serial', 'serialnumber']);
/** Shorter ones are numbers of a thing within its maker's world ("id=1"), and no two devices may be taken for one by them. */
const SHORTEST_ID = 6;
const MODEL_KEYS: ReadonlySet<string> = new Set(['model', 'md', 'am', 'ty']);

/**
 * Multicast DNS: any message shows its sender; an answer also says what the sender is called and serves. An answer
 * about addresses none of which is the sender's was passed on for somebody else (a reflector, a sleep proxy), and
 * says nothing of its sender.
 */
export function readMdns(bytes: Uint8Array, address: Address): SaidReading {
  const message = openMessage(bytes);
  if (message === 'malformed') return message;
  if (!message.response) return { way: 'mdns', address, line: `mdns query from ${address}` };
  const line = `mdns answer from ${address}`;
  const hosts = message.records.filter(({ type }) => type === 'A' || type === 'AAAA');
  const own = hosts.filter(({ value }) => typeof value === 'string' && canonicalAddress(value) === address);
  if (hosts.length > 0 && own.length === 0) return { way: 'mdns', address, line };
  return { way: 'mdns', address, names: namesIn(own), clues: cluesIn(message.records), line };
}

function namesIn(own: readonly DnsRecord[]): readonly HostName[] {
  return namesOf(
    'mdns',
    own.map(({ name }) => name).filter((name) => /.\.local\.?$/i.test(name)),
  );
}

function cluesIn(records: readonly DnsRecord[]): readonly Clue[] {
  const texts = records.filter(({ type }) => type === 'TXT').flatMap(({ value }) => pairsOf(value));
  const valuesOf = (keys: ReadonlySet<string>): string[] => texts.filter(([key]) => keys.has(key)).map(([, value]) => value);
  return [
    ...cluesOf(
      'mdns.id',
      valuesOf(ID_KEYS).filter(({ length }) => length >= SHORTEST_ID),
    ),
    ...cluesOf('mdns.service', records.flatMap(servicesOf)),
    ...cluesOf('mdns.model', valuesOf(MODEL_KEYS)),
  ];
}

/** The type of service that a record is about: of PTR records of all services that they point to. */
function servicesOf({ name, type, value }: DnsRecord): string[] {
  if (type !== 'PTR' && type !== 'SRV' && type !== 'TXT') return [];
  const service = SERVICE.exec(name)?.[1]?.toLowerCase();
  if (service !== ALL_SERVICES) return service === undefined ? [] : [service];
  const listed = typeof value === 'string' ? SERVICE.exec(value)?.[1]?.toLowerCase() : undefined;
  return listed === undefined ? [] : [listed];
}

const UTF8 = new TextDecoder();

function pairsOf(value: unknown): [string, string][] {
  const parts: unknown[] = Array.isArray(value) ? value : [];
  return parts.flatMap((part) => {
    const text = part instanceof Uint8Array ? UTF8.decode(part) : '';
    const at = text.indexOf('=');
    return at < 1 ? [] : [[text.slice(0, at).toLowerCase(), text.slice(at + 1)] as [string, string]];
  });
}
