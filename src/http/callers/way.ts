import { isIP } from 'node:net';

/** How a request came to us. */
export interface Way {
  /** Address of the caller; null: this machine's own socket. */
  readonly from: string | null;
  /** The caller's own side of it was encrypted. */
  readonly secure: boolean;
  /** Name and port the caller called us by. */
  readonly host: string | null;
}

/** What our own connection shows, whatever is written in the request. */
export interface Line {
  readonly remote: string;
  readonly encrypted: boolean;
}

const MAPPED = '::ffff:';

/** An address as it is compared: IPv4 is IPv4, also where IPv6 carries it. */
export const plainAddress = (address: string): string => {
  const lower = address.toLowerCase().split('%', 1)[0] ?? '';
  return lower.startsWith(MAPPED) && isIP(lower.slice(MAPPED.length)) === 4 ? lower.slice(MAPPED.length) : lower;
};

/**
 * How a request came. Only proxies that the owner named are believed what they say of it; their own word is the right-most one, as
 * everything before may be the caller's invention (S20).
 */
export function wayOf(headers: Headers, { remote, encrypted }: Line, proxies: ReadonlySet<string>): Way {
  const direct = plainAddress(remote);
  const own = { from: direct, secure: encrypted, host: headers.get('host') };
  if (!proxies.has(direct)) return own;
  return {
    from: farthestKnown(headers.get('x-forwarded-for'), proxies) ?? direct,
    secure: lastOf(headers.get('x-forwarded-proto'))?.toLowerCase() === 'https',
    host: lastOf(headers.get('x-forwarded-host')) ?? own.host,
  };
}

const words = (list: string | null): string[] => (list ?? '').split(',').map((word) => word.trim());
const lastOf = (list: string | null): string | undefined => words(list).at(-1) || undefined;

/** The right-most address that is no proxy of ours; undefined when what stands there is no address. */
function farthestKnown(forwarded: string | null, proxies: ReadonlySet<string>): string | undefined {
  const hops = words(forwarded).map(addressIn).reverse();
  const hop = hops.find((address) => address === undefined || !proxies.has(address));
  return hop ?? undefined;
}

/** An address, with or without brackets and port. */
function addressIn(word: string): string | undefined {
  const bare = /^\[(?<six>[^\]]+)\](?::\d+)?$/.exec(word)?.groups?.six ?? /^(?<four>[\d.]+):\d+$/.exec(word)?.groups?.four ?? word;
  return isIP(bare) === 0 ? undefined : plainAddress(bare);
}
