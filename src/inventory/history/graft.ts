import {
  type Address,
  type Device,
  type DeviceId,
  deviceFromFacts,
  type Instant,
  labelFacts,
  presenceFact,
  type Span,
  type SpanDelta,
} from '../../core/index.ts';
import { latest, withDelta } from './combine.ts';
import { united } from './intervals.ts';
import type { Matched } from './match.ts';
import { newFacts } from './merge-facts.ts';
import { newStretches } from './merge-presence.ts';
import { type PastDevice, type PastFact, SECOND, type Stretch } from './past-device.ts';
import { withSaid } from './said.ts';

/** What is remembered of the device that a past is grafted onto. */
export interface Stored {
  readonly spans: readonly Span[];
  /** From when on we watched it ourselves; null: all of it came from other programs. */
  readonly watchedFrom: Instant | null;
}

/** A device with its past put before what is known of it. */
export interface Grafted {
  readonly before: Device | null;
  readonly after: Device;
  /** null: nothing about it is new. */
  readonly delta: SpanDelta | null;
  readonly sightings: readonly { readonly device: DeviceId; readonly address: Address; readonly at: Instant }[];
  /** Stretches of being there that nobody knew of. */
  readonly sessions: number;
}

export interface Ground {
  readonly id: DeviceId;
  readonly site: string;
  /** When it is taken in. Nothing in a past may lie behind it. */
  readonly at: Instant;
}

/**
 * Puts a past before what is known. What we watched ourselves is never touched: there the past ends where our own
 * knowledge begins. Whoever is only known by other programs is away in the end, until somebody looks.
 */
export function graft({ past, device }: Matched, stored: Stored, ground: Ground): Grafted {
  if (device === null) return grow(null, past, { ...ground, stored });
  if (stored.watchedFrom === null) return grow(device, past, { ...ground, stored });
  return putBefore(device, past, { spans: stored.spans, watchedFrom: stored.watchedFrom });
}

type Soil = Ground & { readonly stored: Stored };

/** A device that we never saw: as other programs left it. */
function grow(before: Device | null, past: PastDevice, { id, site, at, stored }: Soil): Grafted {
  const tail = stored.spans.find(({ kind, to }) => kind === 'presence' && to === null);
  const told = stored.spans.filter((span) => span !== tail);
  const stretches = newStretches(told, past.presence, at);
  const known = told.filter(({ kind }) => kind !== 'presence').map(factOf);
  const facts = newFacts({ facts: known, watchedFrom: null, lastSeen: before?.lastSeen ?? null }, past);
  const lastSeen = Math.max(before?.lastSeen ?? past.lastSeen, past.lastSeen);
  const seenAt = latest(new Map(before?.addresses.map((place) => [place.address, place.seenAt])), past.seenAt);
  const open = withDelta(known, facts).filter(({ to }) => to === null);
  const away = presenceFact('away', lastSeen);
  const held = [...open.map(({ fact, from }) => ({ ...fact, from })), away];
  const firstSeen = Math.min(before?.ownFirstSeen ?? before?.firstSeen ?? past.firstSeen, past.firstSeen);
  const bare = deviceFromFacts({ id, site, firstSeen, lastSeen }, held, (address) => seenAt.get(address));
  const after = withSaid(before ? { ...bare, labels: before.labels, rhythm: before.rhythm } : bare, past.said);
  const moved = tail === undefined || tail.value !== away.value;
  const labels = newLabels(before, after);
  const delta = {
    device: id,
    close: [...(moved && tail ? [{ kind: 'presence' as const, key: '', at: tail.from }] : []), ...facts.close],
    open: [...(moved ? [away] : []), ...facts.open, ...labels],
    past: [...facts.past, ...pastStretches(stretches, past)],
  };
  const sightings = after.addresses
    .filter((place) => isNewAt(before, place))
    .map(({ address, seenAt: seen }) => ({ device: id, address, at: seen }));
  return { before, after, delta: nonEmpty(delta), sightings, sessions: sessionsOf(stretches) };
}

const isNewAt = (before: Device | null, { address, seenAt }: Device['addresses'][number]): boolean =>
  before?.addresses.every((place) => place.address !== address || place.seenAt !== seenAt) ?? true;

/** A device that we watch: only what was before. */
function putBefore(device: Device, past: PastDevice, { spans, watchedFrom }: { spans: readonly Span[]; watchedFrom: Instant }): Grafted {
  const stretches = newStretches(spans, past.presence, watchedFrom);
  const known = spans.filter(({ kind }) => kind !== 'presence').map(factOf);
  const facts = newFacts({ facts: known, watchedFrom, lastSeen: device.lastSeen }, past);
  const after = withSaid(aged(device, Math.min(past.firstSeen, device.ownFirstSeen ?? device.firstSeen)), past.said);
  const delta = {
    device: device.id,
    close: [],
    open: newLabels(device, after),
    past: [...facts.past, ...pastStretches(stretches, past)],
  };
  return { before: device, after, delta: nonEmpty(delta), sightings: [], sessions: sessionsOf(stretches) };
}

function aged(device: Device, own: Instant): Device {
  const firstSeen = Math.min(device.firstSeen, own);
  if (device.ownFirstSeen !== undefined) return own === device.ownFirstSeen ? device : { ...device, firstSeen, ownFirstSeen: own };
  return firstSeen === device.firstSeen ? device : { ...device, firstSeen };
}

const factOf = ({ kind, key, value, from, to }: Span): PastFact => ({ fact: { kind, key, value }, from, to });

/** Labels that it got just now. */
function newLabels(before: Device | null, after: Device): SpanDelta['open'] {
  const known = new Set(before ? labelFacts(before.labels).map(({ key }) => key) : []);
  return labelFacts(after.labels).filter(({ key }) => !known.has(key));
}

function pastStretches(stretches: readonly Stretch[], { presence, firstSeen }: PastDevice): NonNullable<SpanDelta['past']> {
  const here = presence.filter(({ value }) => value === 'present');
  let next = 0;
  let last = firstSeen;
  return stretches.map(({ value, from, to }) => {
    while (next < here.length && (here[next] as Stretch).to <= from) last = (here[next++] as Stretch).to - SECOND;
    return { fact: presenceFact(value, last), from, to };
  });
}

/** Of those that were cut, as one. */
const sessionsOf = (stretches: readonly Stretch[]): number => united(stretches.filter(({ value }) => value === 'present')).length;

const nonEmpty = (delta: SpanDelta): SpanDelta | null =>
  delta.close.length + delta.open.length + (delta.past?.length ?? 0) === 0 ? null : delta;
