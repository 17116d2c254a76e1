import type { Address, DeviceMac, Instant, SpanDelta } from '../../core/index.ts';
import { byMac } from '../../core/index.ts';
import { settled } from './from-records.ts';
import { newFacts } from './merge-facts.ts';
import type { PastDevice, PastFact } from './past-device.ts';

/** Devices that share a hardware address are one: several programs may have watched the same network. */
export function combined(devices: readonly PastDevice[]): PastDevice[] {
  const owners = new Map<string, number>();
  const kept: (PastDevice | null)[] = [];
  for (const device of devices) {
    const known = new Set(device.macs.flatMap(({ mac }) => owners.get(mac) ?? []));
    const others = [...known].flatMap((index) => kept[index] ?? []);
    for (const index of known) kept[index] = null;
    const whole = others.reduce(together, device);
    for (const { mac } of whole.macs) owners.set(mac, kept.length);
    kept.push(whole);
  }
  return kept.filter((device) => device !== null);
}

/** Two memories of one device. The later one says how things stood in the end. */
export function together(a: PastDevice, b: PastDevice): PastDevice {
  const [older, newer] = a.lastSeen <= b.lastSeen ? [a, b] : [b, a];
  const delta = newFacts({ facts: older.facts, watchedFrom: null, lastSeen: older.lastSeen }, newer);
  return {
    macs: unitedMacs(older.macs, newer.macs),
    presence: settled([...older.presence, ...newer.presence]),
    facts: withDelta(older.facts, delta),
    seenAt: latest(older.seenAt, newer.seenAt),
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: newer.lastSeen,
    said: { ...older.said, ...newer.said },
  };
}

/** Facts after spans of them ended and others began. */
export function withDelta(facts: readonly PastFact[], { close, open, past = [] }: Omit<SpanDelta, 'device'>): PastFact[] {
  const ends = new Map(close.map((end) => [`${end.kind} ${end.key}`, end.at]));
  const kept = facts.map((span): PastFact => {
    const end = span.to === null ? ends.get(`${span.fact.kind} ${span.fact.key}`) : undefined;
    return end === undefined ? span : { ...span, to: Math.max(span.from, end) };
  });
  const begun = open.map(({ from = 0, ...fact }): PastFact => ({ fact, from, to: null }));
  return [...kept, ...past, ...begun].filter(({ from, to }) => to === null || to > from);
}

function unitedMacs(older: readonly DeviceMac[], newer: readonly DeviceMac[]): readonly DeviceMac[] {
  const macs = new Map([...older, ...newer].map((entry) => [entry.mac, entry]));
  return [...macs.values()].sort(byMac);
}

export function latest(a: ReadonlyMap<Address, Instant>, b: ReadonlyMap<Address, Instant>): ReadonlyMap<Address, Instant> {
  const both = new Map(a);
  for (const [address, at] of b) both.set(address, Math.max(both.get(address) ?? at, at));
  return both;
}
