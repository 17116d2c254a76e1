import { type AddressRange, blockRange, countAddresses, formatRange, parseAddress, subtractRanges } from './address.ts';
import type { Instant } from './time.ts';

/** A range outside the usual scope that its owner allowed in the config file, until a day. */
export interface Allowance {
  readonly ranges: readonly AddressRange[];
  readonly owner: string;
  readonly until: Instant;
}

export interface ScopeFacts {
  /** Networks this machine stands in. */
  readonly attached: readonly AddressRange[];
  readonly allowances: readonly Allowance[];
  readonly now: Instant;
}

export type ScopeVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string; readonly remedy: string };

/** Largest target without an allowance: a /20. */
const LARGEST = 4096n;

const block = (text: string): AddressRange => {
  const [base, prefix] = text.split('/') as [string, string];
  return blockRange(parseAddress(base) as NonNullable<ReturnType<typeof parseAddress>>, Number(prefix));
};

/** Nobody's device lives there, whoever allows it. */
const NEVER = ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'ff00::/8'].map(block);
/** Private use, link-local and loopback: RFC 1918, 3927, 4193, 4291. Carrier-grade NAT (RFC 6598) is the carrier's, not the user's. */
const PRIVATE = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '::1/128', 'fc00::/7', 'fe80::/10'].map(
  block,
);

/** Whether these addresses may be scanned at all, and if not, why and what to do. */
export function judgeScope(ranges: readonly AddressRange[], facts: ScopeFacts): ScopeVerdict {
  const never = ranges.find((range) => touches(range, NEVER));
  if (never)
    return { allowed: false, reason: `${formatRange(never)} holds addresses no device can have`, remedy: 'name addresses of devices' };
  const allowances = facts.allowances.filter((allowance) => allowance.until > facts.now);
  const unlisted = subtractRanges(
    ranges,
    allowances.flatMap((allowance) => allowance.ranges),
  );
  const foreign = subtractRanges(unlisted, [...PRIVATE, ...facts.attached]);
  if (foreign[0])
    return { allowed: false, reason: `${formatRange(foreign[0])} is neither private nor a network of this machine`, remedy: ALLOW };
  // IPv6 networks we stand in are never asked address by address.
  const asked = subtractRanges(
    unlisted,
    facts.attached.filter(({ family }) => family === 6),
  );
  const size = countAddresses(asked);
  if (size > LARGEST) return { allowed: false, reason: `it holds ${size} addresses, more than ${LARGEST} (a /20)`, remedy: ALLOW };
  return { allowed: true };
}

/** When the first allowance ends without which these addresses may not be scanned; infinite when they need none. */
export function allowedUntil(ranges: readonly AddressRange[], facts: ScopeFacts): Instant {
  const ends = facts.allowances.map(({ until }) => until).filter((until) => until > facts.now);
  return ends.sort((a, b) => a - b).find((until) => !judgeScope(ranges, { ...facts, now: until }).allowed) ?? Number.POSITIVE_INFINITY;
}

const ALLOW = 'add an [[allow]] entry with range, owner and until to rollcall.toml';

function touches(range: AddressRange, blocks: readonly AddressRange[]): boolean {
  return countAddresses(subtractRanges([range], blocks)) !== range.last - range.first + 1n;
}
