import type { Address, Instant, PastRecord, PastSession } from '../../core/index.ts';
import { united, without } from './intervals.ts';
import { type PastDevice, type PastFact, SECOND, type Stretch } from './past-device.ts';

/** A device out of the rows that a table holds of it; null when they hold no time. */
export function pastOfRecord({ mac, vendor, names, said, sessions: told }: PastRecord): PastDevice | null {
  const sessions = [...told];
  const seen = sessions.filter(({ presence }) => presence === 'present').sort((a, b) => a.from - b.from || a.to - b.to);
  const [first] = seen;
  if (!first) return null;
  const since = (fact: PastFact['fact']): PastFact => ({ fact, from: first.from, to: null });
  return {
    macs: [{ mac, vendor }],
    presence: settled(sessions.map(({ presence, from, to }) => ({ value: presence, from, to: Math.max(from, to) + SECOND }))),
    facts: [
      since({ kind: 'mac', key: mac, value: vendor ?? '' }),
      ...addressFacts(seen),
      ...names.map(({ name, source }) => since({ kind: 'name', key: name, value: source })),
    ],
    seenAt: lastSeenAt(seen),
    firstSeen: first.from,
    lastSeen: seen.reduce((last, { to }) => Math.max(last, to), first.to),
    said,
  };
}

/** Whoever saw it is right, whoever missed it may have looked badly. */
export function settled(stretches: readonly Stretch[]): Stretch[] {
  const of = (value: Stretch['value']) => united(stretches.filter((stretch) => stretch.value === value));
  const present = of('present');
  const away = without(of('away'), present);
  const told = (value: Stretch['value']) => (part: { from: Instant; to: Instant }) => ({ value, ...part });
  return [...present.map(told('present')), ...away.map(told('away'))].sort((a, b) => a.from - b.from);
}

/** A device is believed at an address until it is seen at another. */
function addressFacts(seen: readonly PastSession[]): PastFact[] {
  const facts: { fact: PastFact['fact']; from: Instant; to: Instant | null }[] = [];
  for (const { address, from } of seen) {
    const last = facts.at(-1);
    if (address === null || last?.fact.key === address) continue;
    if (last) last.to = from;
    facts.push({ fact: { kind: 'address', key: address, value: '' }, from, to: null });
  }
  return facts.filter(({ from, to }) => to === null || to > from);
}

function lastSeenAt(seen: readonly PastSession[]): ReadonlyMap<Address, Instant> {
  const last = new Map<Address, Instant>();
  for (const { address, to } of seen) if (address !== null) last.set(address, Math.max(last.get(address) ?? to, to));
  return last;
}
