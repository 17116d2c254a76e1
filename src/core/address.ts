/**
 * Addresses and sets of addresses. Text goes in only in canonical shape: what nmap or libc would
 * quietly reinterpret (octal, hex, missing octets) is not an address here (faults: target strings).
 */

import { canonicalMac, type Mac } from './mac.ts';

/** An address in canonical text: dotted quad, or RFC 5952 for IPv6. */
export type Address = string;

export type Family = 4 | 6;

/** One address as a number, so that ranges can be compared. */
export interface AddressValue {
  readonly family: Family;
  readonly value: bigint;
}

/** A closed range of addresses of one family: first <= last. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

const QUAD = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** The value of a canonical-enough address; undefined for anything else, including octal quads and zones. */
export function parseAddress(text: string): AddressValue | undefined {
  return text.includes(':') ? parseV6(text) : knownV4(text);
}

/** Values of addresses read before: every look asks about the same ones, many times each. More than a network of ten thousand has. */
const known = new Map<string, AddressValue>();
const KNOWN_AT_MOST = 16_384;

function knownV4(text: string): AddressValue | undefined {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = parseV4(text);
  if (value === undefined) return undefined;
  if (known.size >= KNOWN_AT_MOST) known.clear();
  // Under a text of its own: the one at hand may be a piece of a long one, which would stay with it.
  known.set(formatAddress(value), value);
  return value;
}

function parseV4(text: string): AddressValue | undefined {
  const quad = QUAD.exec(text);
  if (!quad) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const octet = Number(quad[i]);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return { family: 4, value: BigInt(value) };
}

function parseV6(text: string): AddressValue | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left = '', right = ''] = halves;
  // A dotted quad may only be the very end of the text.
  if (halves.length === 2 && left.includes('.')) return undefined;
  const head = groupsOf(left);
  const tail = groupsOf(right);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<number>(missing).fill(0), ...tail];
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n) };
}

/** The 16-bit groups of one side of "::"; a dotted quad may stand for the last two. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const quad = last.includes('.') ? parseV4(last) : undefined;
  if (last.includes('.')) {
    if (!quad) return undefined;
    parts.pop();
  }
  if (!parts.every((part) => GROUP.test(part))) return undefined;
  const groups = parts.map((part) => Number.parseInt(part, 16));
  return quad ? [...groups, Number(quad.value >> 16n), Number(quad.value & 0xffffn)] : groups;
}

/** Canonical text of an address value. */
export function formatAddress({ family, value }: AddressValue): Address {
  return family === 4 ? formatV4(Number(value)) : formatV6(value);
}

function formatV4(value: number): Address {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function formatV6(value: bigint): Address {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** Canonical text of an address, or undefined when the text is not one. */
export function canonicalAddress(text: string): Address | undefined {
  const value = parseAddress(text);
  return value && formatAddress(value);
}

const bitsOf = (family: Family): number => (family === 4 ? 32 : 128);

/** Nobody but this machine itself reaches it; `localhost` is its usual name. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Whether it holds on one link only: an address of fe80::/10. */
export function isLinkLocal(address: Address): boolean {
  return /^fe[89ab][0-9a-f]:/.test(address);
}

/** The hardware address that an IPv6 address was made of (EUI-64), or undefined when it was made otherwise. */
export function macInAddress(address: Address): Mac | undefined {
  const parsed = address.includes(':') ? parseAddress(address) : undefined;
  const bits = (parsed?.value ?? 0n) & 0xffff_ffff_ffff_ffffn;
  if (((bits >> 24n) & 0xffffn) !== 0xfffen) return undefined;
  const mac = ((bits >> 40n) << 24n) | (bits & 0xff_ffffn);
  const hex = (mac ^ (2n << 40n)).toString(16).padStart(12, '0');
  return canonicalMac(hex.replace(/..(?=.)/g, '$&:'));
}

/** The range of a CIDR block; host bits of the base are cleared. */
export function blockRange(base: AddressValue, prefix: number): AddressRange {
  const size = 1n << BigInt(bitsOf(base.family) - prefix);
  const first = base.value - (base.value % size);
  return { family: base.family, first, last: first + size - 1n };
}

/** How many addresses a set of ranges holds. */
export function countAddresses(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, range) => sum + (range.last - range.first + 1n), 0n);
}

/** These addresses as ranges in normal form; texts that are no addresses are left out. */
export function rangesOf(addresses: readonly Address[]): AddressRange[] {
  const values = addresses.flatMap((address) => parseAddress(address) ?? []);
  return mergeRanges(values.map(({ family, value }) => ({ family, first: value, last: value })));
}

/** Whether an address lies in ranges of the normal form; a text that is no address lies nowhere. */
export function isWithin(ranges: readonly AddressRange[], address: Address): boolean {
  const value = parseAddress(address);
  return value !== undefined && rangesHold(ranges, value);
}

/** Sorted, disjoint ranges: the normal form every other function here expects. */
export function mergeRanges(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = [...ranges].sort(byFamilyThenFirst);
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && last.family === range.family && range.first <= last.last + 1n) {
      merged[merged.length - 1] = { ...last, last: range.last > last.last ? range.last : last.last };
    } else merged.push(range);
  }
  return merged;
}

function byFamilyThenFirst(a: AddressRange, b: AddressRange): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first === b.first) return 0;
  return a.first < b.first ? -1 : 1;
}

/** Ranges of `from` without those of `take`. Both are merged first, so that one walk along both is enough. */
export function subtractRanges(from: readonly AddressRange[], take: readonly AddressRange[]): AddressRange[] {
  const holes = mergeRanges(take);
  let hole = 0;
  return mergeRanges(from).flatMap((range) => {
    while (hole < holes.length && endsBefore(holes[hole] as AddressRange, range)) hole++;
    return cut(range, holes, hole);
  });
}

function endsBefore(hole: AddressRange, range: AddressRange): boolean {
  return hole.family === range.family ? hole.last < range.first : hole.family < range.family;
}

/** What merged holes, from this one on, leave of a range. */
function cut(range: AddressRange, holes: readonly AddressRange[], from: number): AddressRange[] {
  const rest: AddressRange[] = [];
  let { first } = range;
  for (let i = from; i < holes.length && first <= range.last; i++) {
    const hole = holes[i] as AddressRange;
    if (hole.family !== range.family || hole.first > range.last) break;
    if (hole.first > first) rest.push({ ...range, first, last: hole.first - 1n });
    first = hole.last + 1n;
  }
  if (first <= range.last) rest.push({ ...range, first });
  return rest;
}

/** Whether merged ranges hold the address (binary search). */
export function rangesHold(ranges: readonly AddressRange[], { family, value }: AddressValue): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as AddressRange;
    if (range.family < family || (range.family === family && range.last < value)) low = middle + 1;
    else if (range.family > family || range.first > value) high = middle - 1;
    else return true;
  }
  return false;
}

/** The fewest CIDR blocks that make up a range, as text ("10.0.0.0/24"; single addresses bare). */
export function blocksOf(range: AddressRange): string[] {
  const bits = bitsOf(range.family);
  const blocks: string[] = [];
  let first = range.first;
  while (first <= range.last) {
    let free = 0;
    while (free < bits && first % (1n << BigInt(free + 1)) === 0n && first + (1n << BigInt(free + 1)) - 1n <= range.last) free++;
    const base = formatAddress({ family: range.family, value: first });
    blocks.push(free === 0 ? base : `${base}/${bits - free}`);
    first += 1n << BigInt(free);
  }
  return blocks;
}

/** Text of a range: one block where it is one, else "first-last". */
export function formatRange(range: AddressRange): string {
  const blocks = blocksOf(range);
  if (blocks.length === 1) return blocks[0] as string;
  return `${formatAddress({ ...range, value: range.first })}-${formatAddress({ ...range, value: range.last })}`;
}
