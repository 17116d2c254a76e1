import { type Address, type AddressRange, blockRange, canonicalAddress, formatRange, parseAddress } from './address.ts';
import { bad, good, type Result } from './fault.ts';
import { canonicalMac, type Mac } from './mac.ts';
import { parseTarget } from './target.ts';

/** Where this machine must stand before it sends a packet to a target. What is left out is not asked; without any it may stand anywhere. */
export interface Guard {
  /** One of its gateways answers from this card. */
  readonly gateway?: Mac;
  /** It has an address in this network. */
  readonly network?: AddressRange;
  /** The rest of the world sees it at this address. */
  readonly public?: Address;
}

export const GUARD_KEYS = ['gateway', 'network', 'public'] as const satisfies readonly (keyof Guard)[];
export type GuardKey = (typeof GUARD_KEYS)[number];

/** A guard as people write it. */
export type GuardText = { readonly [key in GuardKey]?: string | undefined };

const READERS: { readonly [key in GuardKey]: (text: string) => Result<NonNullable<Guard[key]>> } = {
  gateway: readGateway,
  network: readNetwork,
  public: readPublic,
};

/** Reads a guard, strictly; the reason of a bad result goes on from "reading guard gateway: ". */
export function readGuardPart<Key extends GuardKey>(key: Key, text: string): Result<NonNullable<Guard[Key]>> {
  return READERS[key](text);
}

export function readGuard(texts: GuardText): Result<Guard> {
  const guard: Record<string, unknown> = {};
  for (const key of GUARD_KEYS) {
    const text = texts[key];
    if (text === undefined) continue;
    const part = readGuardPart(key, text);
    if (!part.ok) return bad(`reading guard ${key}: ${part.reason}`, part.remedy);
    guard[key] = part.value;
  }
  return good(guard as Guard);
}

/** Both, where they do not contradict each other; what the second says counts. */
export const bothGuards = (usual: Guard, own: Guard): Guard => ({ ...usual, ...own });

export const guardsNothing = (guard: Guard): boolean => GUARD_KEYS.every((key) => guard[key] === undefined);

/** In words, for messages: "gateway 02:00:5e:00:53:01, public address 203.0.113.7". */
export function guardText({ gateway, network, public: seenAt }: Guard): string {
  const parts = [gateway && `gateway ${gateway}`, network && `network ${formatRange(network)}`, seenAt && `public address ${seenAt}`];
  return parts.filter((part) => part !== undefined).join(', ');
}

function readGateway(text: string): Result<Mac> {
  const mac = canonicalMac(text);
  return mac === undefined ? bad(`${show(text)} is not a hardware address`, 'write it like "02:00:5e:00:53:01"') : good(mac);
}

function readNetwork(text: string): Result<AddressRange> {
  const target = parseTarget(text);
  const range = target.ok && target.value.kind === 'ranges' ? target.value.ranges[0] : undefined;
  if (range === undefined || !text.includes('/')) return bad(`${show(text)} is not a network`, 'write it like "192.168.1.0/24"');
  return good(range);
}

/** Addresses that no network is seen at from outside would never match, or always. */
const NOWHERE = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/127', 'ff00::/8'].map((block) => {
  const [base = '', prefix] = block.split('/');
  return blockRange(parseAddress(base) as NonNullable<ReturnType<typeof parseAddress>>, Number(prefix));
});

function readPublic(text: string): Result<Address> {
  const address = canonicalAddress(text);
  const value = address === undefined ? undefined : parseAddress(address);
  if (address === undefined || value === undefined || address !== text.toLowerCase())
    return bad(`${show(text)} is not an address in canonical form`, `write ${address ?? 'it like "203.0.113.7"'}`);
  const nowhere = NOWHERE.some(({ family, first, last }) => family === value.family && first <= value.value && value.value <= last);
  return nowhere ? bad(`${show(text)} is no address the world sees anybody at`, 'write it like "203.0.113.7"') : good(address);
}

function show(text: string): string {
  const capped = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return JSON.stringify(capped).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
