import {
  type Coverage,
  type Device,
  type Difference,
  type DifferenceKind,
  type HostName,
  type Instant,
  type JsonObject,
  type PairedBy,
  type UnknownPart,
  type View,
  type ViewDevice,
  type ViewEntry,
} from '../core/index.ts';
import { presenceSides, sameSet } from './compare-devices.ts';
import { covers } from './places.ts';

/** A device as one view has it. */
export interface Seen extends ViewDevice {
  readonly view: View;
  readonly entry: ViewEntry;
}

export interface Sides {
  readonly a: Seen;
  readonly b: Seen;
}

/** What a part of a comparison brings. */
export interface Findings {
  readonly differences: readonly Difference[];
  readonly unknown: readonly UnknownPart[];
  /** Differences that the rules left out. */
  readonly ignored: number;
}

export const NOTHING: Findings = { differences: [], unknown: [], ignored: 0 };
export const differing = (...differences: readonly Difference[]): Findings => ({ ...NOTHING, differences });
export const notKnown = (...unknown: readonly UnknownPart[]): Findings => ({ ...NOTHING, unknown });

/** Who was there and is not, or the other way round. Of whom nobody knows on one side, nothing can be said. */
export function comparePresence({ a, b }: Sides): Findings {
  const [was, is] = [a.device.presence, b.device.presence];
  if (was === is) return NOTHING;
  if (was === 'unknown' || is === 'unknown') return notKnown(neverLooked(was === 'unknown' ? 'a' : 'b'));
  if (is !== 'away') return differing({ kind: 'device.returned', ...presenceSides(a.device, b.device) });
  // Who calls it away knows when it was seen last; a past moment knows of the sightings by then only roughly.
  return differing({ kind: 'device.left', ...presenceSides({ ...a.device, lastSeen: b.device.lastSeen }, b.device) });
}

export const neverLooked = (side: 'a' | 'b'): UnknownPart => ({ what: 'device', side, text: 'nobody had looked for it lately' });

/**
 * Addresses at which it is not any more, or was not before. An address the other side did not ask may be its own there
 * too; only when they have none in common is that worth a word.
 */
export function compareAddresses({ a, b }: Sides): Findings {
  const [old, fresh] = [addressesOf(a), addressesOf(b)];
  const [gone, come] = [missedIn(b, a), missedIn(a, b)];
  const isAsked = (coverage: Coverage) => (address: string) => covers(coverage, { address });
  if (gone.some(isAsked(b.view.coverage)) || come.some(isAsked(a.view.coverage)))
    return differing(listDifference('device.readdressed', { addresses: [old, fresh] }));
  const moved = gone.length === old.length && come.length === fresh.length && gone.length > 0 && come.length > 0;
  return moved ? notKnown(unasked('b', gone), unasked('a', come)) : NOTHING;
}

/** Where the device is on the one side, and is not on the other. */
function missedIn(other: Seen, seen: Seen): string[] {
  const current = seen.device.addresses.filter(({ seenAt }) => !isOldNews(seen, seenAt, other.view));
  return without(
    current.map(({ address }) => address),
    addressesOf(other),
  );
}

const addressesOf = ({ device }: Seen): string[] => device.addresses.map(({ address }) => address);

function without(these: readonly string[], those: readonly string[]): string[] {
  const left = new Set(those);
  return these.filter((one) => !left.has(one));
}

const MOST_SHOWN = 3;

/** "10.0.0.9 was not asked". */
export function unasked(side: 'a' | 'b', addresses: readonly string[]): UnknownPart {
  const verb = addresses.length === 1 ? 'was' : 'were';
  return { what: 'device', side, text: addresses.length === 0 ? 'it has no address to ask' : `${shortList(addresses)} ${verb} not asked` };
}

/** "10.0.0.9, fd00::9 and 5 more". */
export function shortList(texts: readonly string[]): string {
  const more = texts.length - MOST_SHOWN;
  return more > 0 ? `${texts.slice(0, MOST_SHOWN).join(', ')} and ${more} more` : texts.join(', ');
}

/** What only one side knows was learned or not asked, and is no difference. */
export function compareIdentity({ a, b }: Sides, by: PairedBy | null): Findings {
  const lists = { macs: comparedMacs(a, b, by), names: comparedNames(a, b) };
  const differ = Object.entries(lists).filter(([, [old, fresh]]) => old.length > 0 && fresh.length > 0 && !sameSet(old, fresh));
  return differ.length === 0 ? NOTHING : differing(listDifference('identity.changed', Object.fromEntries(differ)));
}

type Lists = readonly [before: readonly string[], after: readonly string[]];

/** Whether it is what the store believed: folded from many looks, so that what is not in it is not so. */
const isBelief = ({ view: { source } }: Pick<Seen, 'view'>): boolean => source === 'moment' || source === 'baseline';

/** Whether a look had missed what the store went on to believe in: a device may keep quiet for a while before it counts as away. */
export function isOldNews(believed: Pick<Seen, 'view'>, seenAt: Instant, look: View): boolean {
  const { at } = believed.view;
  if (!isBelief(believed) || isBelief({ view: look }) || look.at === null || at === null) return false;
  return seenAt < look.at && look.at <= at;
}

/** One look shows one network card of a device; that it did not show the others says nothing. */
function comparedMacs(a: Seen, b: Seen, by: PairedBy | null): Lists {
  const macs = ({ device }: Seen): string[] => device.macs.map(({ mac }) => mac);
  const whole = by === 'device' && isBelief(a) && isBelief(b);
  return whole || without(macs(a), macs(b)).length === macs(a).length ? [macs(a), macs(b)] : [[], []];
}

/** One look asks few sources: names are compared with those of the same sources. */
function comparedNames(a: Seen, b: Seen): Lists {
  if (isBelief(a) && isBelief(b)) return [textsOf(a.device.names), textsOf(b.device.names)];
  const sources = ({ names }: Device): ReadonlySet<string> => new Set(names.map(({ source }) => source));
  const both = sources(a.device).intersection(sources(b.device));
  const told = ({ names }: Device): string[] => textsOf(names.filter(({ source }) => both.has(source)));
  return [told(a.device), told(b.device)];
}

const textsOf = (names: readonly HostName[]): string[] => names.map(({ name }) => name);

function listDifference(kind: DifferenceKind, lists: Readonly<Record<string, Lists>>): Difference {
  const side = (index: 0 | 1): JsonObject => Object.fromEntries(Object.entries(lists).map(([name, both]) => [name, [...both[index]]]));
  return { kind, before: side(0), after: side(1) };
}

export function compareOs({ a, b }: Sides): Findings {
  const [old, fresh] = [a.device.os, b.device.os];
  if (old === null || fresh === null || old === fresh) return NOTHING;
  return differing({ kind: 'os.changed', before: { os: old }, after: { os: fresh } });
}

/** Where a device answered on the other side that this side asked neither of it nor of anybody. */
export function placesNotAsked(mine: Seen, other: Seen): readonly string[] {
  // A belief was folded with its own coverage: what it calls closed is so wherever the device is.
  if (isBelief(mine)) return [];
  return without(addressesOf(other), addressesOf(mine)).filter((address) => !covers(mine.view.coverage, { address }));
}
