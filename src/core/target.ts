import { type AddressRange, blockRange, canonicalAddress, countAddresses, formatAddress, formatRange, parseAddress } from './address.ts';
import { bad, good, type Result } from './fault.ts';
import type { PlanName } from './plan.ts';
import type { Instant, Millis } from './time.ts';

/** What the user asked to watch, in canonical text: an address, a CIDR block, a range, or a host name. */
export type TargetSpec =
  | { readonly kind: 'ranges'; readonly text: string; readonly ranges: readonly AddressRange[] }
  | { readonly kind: 'hostname'; readonly text: string; readonly hostname: string };

export type TargetId = number;

/** Targets of one order at most: a long list of single addresses, with neighbours put together. */
export const MOST_TARGETS = 4096;

/** When a plan runs: each so often, or at local times given as a cron line. */
export type Cadence =
  | { readonly kind: 'every'; readonly every: Millis }
  | { readonly kind: 'at'; readonly cron: string; readonly zone: string | null };

export interface PlanSchedule {
  readonly plan: PlanName;
  readonly cadence: Cadence;
}

export interface Target {
  readonly id: TargetId;
  readonly site: string;
  readonly spec: TargetSpec;
  readonly schedule: readonly PlanSchedule[];
  /** Tolerance before a covered, missed device counts as away; null takes the site's. */
  readonly window: Millis | null;
  /** Interface to look from; null finds it by route. */
  readonly iface: string | null;
  /** Who asked: the machine itself at first run, the user, or the config file (then read-only). */
  readonly source: 'self' | 'user' | 'config';
  readonly createdAt: Instant;
}

const REMEDY = 'write an address, a block like 192.168.1.0/24, a range like 192.168.1.10-192.168.1.20, or a host name';
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Reads one target, strictly: canonical forms only. What nmap would quietly reinterpret (0/0, octal, hex,
 * "10.77.0,1.1", /33, a leading dash) is refused with a remedy.
 */
export function parseTarget(text: string): Result<TargetSpec> {
  const shown = quoted(text);
  if (text === '') return bad('reading target: it is empty', REMEDY);
  if (!/^[0-9a-zA-Z.:/-]+$/.test(text)) return bad(`reading target ${shown}: it holds a character no target has`, REMEDY);
  if (text.startsWith('-')) return bad(`reading target ${shown}: it starts with a dash`, REMEDY);
  if (text.includes('/')) return parseBlock(text, shown);
  const address = canonicalAddress(text);
  if (address) return parseSingle(text, address, shown);
  if (/^[0-9a-f.:]+-[0-9a-f.:]+$/i.test(text) && parseAddress(text.split('-')[0] as string)) return parseRange(text, shown);
  return parseHostname(text, shown);
}

/** The text as it may stand in a message: capped, and nothing in it can move a cursor or turn the line around. */
function quoted(text: string): string {
  const capped = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  return JSON.stringify(capped).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parseSingle(text: string, address: string, shown: string): Result<TargetSpec> {
  const value = parseAddress(address);
  if (!value) return bad(`reading target ${shown}: it is not an address`, REMEDY);
  if (text.toLowerCase() !== address) return bad(`reading target ${shown}: it is not in canonical form`, `write ${address}`);
  return good(rangesSpec([{ family: value.family, first: value.value, last: value.value }]));
}

function parseBlock(text: string, shown: string): Result<TargetSpec> {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const base = match && parseAddress(match[1] as string);
  if (!match || !base) return bad(`reading target ${shown}: it is not a block`, REMEDY);
  const prefix = Number(match[2]);
  const bits = base.family === 4 ? 32 : 128;
  if (prefix > bits)
    return bad(`reading target ${shown}: /${prefix} is longer than the ${bits} bits of the address`, `write a prefix from 1 to ${bits}`);
  if (prefix === 0) return everyAddress(shown);
  const range = blockRange(base, prefix);
  const canonical = `${formatAddress({ family: base.family, value: range.first })}/${prefix}`;
  if (text.toLowerCase() !== canonical) return bad(`reading target ${shown}: it is not in canonical form`, `write ${canonical}`);
  return good(rangesSpec([range]));
}

/** "10.0.0.5-10.0.0.20", or the shorter "10.0.0.5-20" of nmap for the last octet. */
function parseRange(text: string, shown: string): Result<TargetSpec> {
  const [from, to] = text.split('-') as [string, string];
  const first = parseAddress(from);
  const short = /^(?:0|[1-9]\d{0,2})$/.test(to) && first?.family === 4;
  const last = parseAddress(short ? `${from.slice(0, from.lastIndexOf('.'))}.${to}` : to);
  if (!first || !last || first.family !== last.family)
    return bad(`reading target ${shown}: its ends are not two addresses of one kind`, REMEDY);
  if (first.value > last.value) return bad(`reading target ${shown}: it ends before it starts`, 'write the lower address first');
  const range = { family: first.family, first: first.value, last: last.value };
  if (formatRange(range).endsWith('/0')) return everyAddress(shown);
  return good(rangesSpec([range]));
}

function everyAddress(shown: string): Result<never> {
  return bad(`reading target ${shown}: it is every address there is`, 'name the network you own');
}

function parseHostname(text: string, shown: string): Result<TargetSpec> {
  const labels = text.split('.');
  const top = labels.at(-1) as string;
  const named = text.length <= 253 && labels.every((label) => LABEL.test(label)) && /^[a-z]/i.test(top);
  // A first label like "0x0a4d0001" is no name anybody gives, but libc reads it as an address.
  if (!named || /^0x[0-9a-f]*$/i.test(labels[0] as string))
    return bad(`reading target ${shown}: it is neither an address nor a host name`, REMEDY);
  const hostname = text.toLowerCase();
  return good({ kind: 'hostname', text: hostname, hostname });
}

function rangesSpec(ranges: readonly AddressRange[]): TargetSpec {
  return { kind: 'ranges', text: ranges.map(formatRange).join(','), ranges };
}

/** How many addresses a target names; a host name counts as one. */
export function targetSize(spec: TargetSpec): bigint {
  return spec.kind === 'hostname' ? 1n : countAddresses(spec.ranges);
}
