import { type Address, type Clue, type ClueKind, type Observation, TEXT_CAP, untrusted } from '../../core/index.ts';
import { askByTcp } from './ask-by-tcp.ts';
import { askByUdp, type HostQuestion } from './ask-by-udp.ts';
import { destinationOf } from './askable.ts';
import { type DnsQuestion, newId, readAnswers, writeQuestion } from './dns-message.ts';
import { hostNames } from './host-names.ts';
import { newTransaction, readStatus, writeStatusRequest } from './node-status.ts';
import { reverseName } from './reverse-name.ts';
import type { Answer, Asking, Source } from './source.ts';

/** Whom a source may ask: where a host is found, or undefined when it must not be asked. */
export type Destination = (seen: Observation) => string | undefined;

/** Hosts met on our own link, at addresses no stranger has, that nobody protects from questions. */
export const askableBy =
  (iface: string | null, mayAsk: (seen: Observation) => boolean): Destination =>
  (seen) =>
    seen.mac !== null && mayAsk(seen) ? destinationOf(seen.address, iface) : undefined;

type Way = <T>(question: HostQuestion<T>) => Promise<T | null>;

/** Multicast DNS, asked of the host alone (RFC 6762, 5.5): its name, and then its model. */
export function createMdns(to: Destination, port = 5353): Source {
  return deviceSource('mdns', to, async (address, seen, asking) => {
    const ask = (name: string, type: 'PTR' | 'TXT'): Promise<readonly string[] | null> =>
      askDns(askByUdp, { address, port, asking, question: { id: newId(), name, type, unicast: true } });
    const names = await ask(reverseName(seen.address) as string, 'PTR');
    if (names === null) return null;
    const [label = ''] = (names[0] ?? '').split('.');
    const texts = label === '' ? null : await ask(`${label}._device-info._tcp.local`, 'TXT');
    const model = texts?.find((text) => /^model=/i.test(text))?.slice('model='.length);
    return { names: hostNames(names, 'mdns'), clues: cluesOf('mdns.model', model) };
  });
}

/** The names a Windows machine or a Samba server keeps, asked for by node status. */
export function createNetbios(to: Destination, port = 137): Source {
  return deviceSource('netbios', to, async (address, _seen, { timeout, signal }) => {
    const transaction = newTransaction();
    const read = (packet: Uint8Array): ReturnType<typeof readStatus> => readStatus(packet, transaction);
    const status = await askByUdp({ address, port, bytes: writeStatusRequest(transaction), read, timeout, signal });
    if (status === null) return null;
    return { names: hostNames(status.name === null ? [] : [status.name], 'netbios'), clues: cluesOf('netbios.group', status.group) };
  });
}

/** Link-local multicast name resolution: the name of an address is asked for by TCP (RFC 4795, 2.4). */
export function createLlmnr(to: Destination, port = 5355): Source {
  return deviceSource('llmnr', to, async (address, seen, asking) => {
    const question = { id: newId(), name: reverseName(seen.address) as string, type: 'PTR', unicast: false } as const;
    const names = await askDns(askByTcp, { address, port, asking, question });
    return names && { names: hostNames(names, 'llmnr'), clues: [] };
  });
}

type Ask = (address: Address, seen: Observation, asking: Asking) => Promise<Answer | null>;

function deviceSource(name: Source['name'], to: Destination, ask: Ask): Source {
  return {
    name,
    holds: false,
    suits: (seen) => to(seen) !== undefined,
    ask: async (seen, asking) => {
      const address = to(seen);
      return address === undefined ? null : ask(address, seen, asking).catch(() => null);
    },
  };
}

interface DnsAsk {
  readonly address: string;
  readonly port: number;
  readonly asking: Asking;
  readonly question: DnsQuestion;
}

async function askDns(way: Way, { address, port, asking, question }: DnsAsk): Promise<readonly string[] | null> {
  const bytes = writeQuestion(question);
  if (bytes === null) return null;
  return way({ address, port, bytes, read: (packet) => readAnswers(packet, question), ...asking });
}

function cluesOf(kind: ClueKind, text: string | null | undefined): Clue[] {
  const value = untrusted(text ?? '', TEXT_CAP.name);
  return value === '' ? [] : [{ kind, value }];
}
