import { type AddressRange, type AddressValue, blockRange, mergeRanges, parseAddress, rangesHold } from '../../core/index.ts';

/** What an address is to us. `never`: no channel has any business there. `loopback` and `private`: where the config file opens it. */
export type Place = 'public' | 'private' | 'loopback' | 'never';

const blocks = (...texts: readonly string[]): readonly AddressRange[] =>
  mergeRanges(
    texts.map((text) => {
      const [base = '', prefix] = text.split('/');
      const address = parseAddress(base) as AddressValue;
      return blockRange(address, prefix === undefined ? (address.family === 4 ? 32 : 128) : Number(prefix));
    }),
  );

/** Where clouds answer with the keys of a machine. */
const METADATA = blocks('169.254.169.254', '100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254');
const LOOPBACK = blocks('127.0.0.0/8', '::1');
const PRIVATE = blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7');
/** Unspecified, link-local, multicast, broadcast, reserved, of documents; of IPv6 whatever is not global unicast comes on top. */
const NEVER = blocks(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
);
const GLOBAL_6 = blocks('2000::/3');

export function placeOf(address: AddressValue): Place {
  const bare = withinFour(address);
  if (bare !== null) return placeOf(bare);
  const within = (ranges: readonly AddressRange[]): boolean => rangesHold(ranges, address);
  if (within(METADATA)) return 'never';
  if (within(LOOPBACK)) return 'loopback';
  if (within(PRIVATE)) return 'private';
  if (within(NEVER) || (address.family === 6 && !within(GLOBAL_6))) return 'never';
  return 'public';
}

/** The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4): it is judged by where its packets end. */
export function withinFour({ family, value }: AddressValue): AddressValue | null {
  if (family === 4) return null;
  const head = value >> 32n;
  if (head === 0xffffn || head === 0x64ff9bn << 64n) return { family: 4, value: value & 0xffffffffn };
  return value >> 112n === 0x2002n ? { family: 4, value: (value >> 80n) & 0xffffffffn } : null;
}
