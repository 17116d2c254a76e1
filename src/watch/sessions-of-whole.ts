import type { Device, DeviceId, Instant, Presence, Span, Store } from '../core/index.ts';
import { allPartsOf, type Roll } from '../inventory/index.ts';
import type { Session } from './sessions-asked.ts';
import { append, sessionsIn } from './sessions-of-spans.ts';

interface Known {
  readonly roll: Roll;
  readonly store: Pick<Store, 'spansOf'>;
}

/** Until when it is known what a device was; null: until now. */
type EndOfKnowledge = (device: Device) => Instant | null;

/** Sessions of a device and of all that were merged into it, as those of one. */
export async function sessionsOfWhole(
  { roll, store }: Known,
  device: Device,
  endOf: EndOfKnowledge = () => null,
): Promise<readonly Session[]> {
  const members = [device, ...allPartsOf(roll, device.id)];
  const spans = new Map(await Promise.all(members.map(async ({ id }) => [id, await store.spansOf(id)] as const)));
  return sessionsTogether(members, (id) => spans.get(id) ?? [], endOf);
}

/** Sessions of a device and its parts as those of one, by the spans of each. */
export function sessionsTogether(
  members: readonly Device[],
  spansOf: (id: DeviceId) => readonly Span[],
  endOf: EndOfKnowledge,
): readonly Session[] {
  return united(members.map((member) => sessionsByItself(spansOf(member.id), endOf(member))));
}

/** What a device was when it was a device of its own: while it is part of another, nobody looks for it. */
export function sessionsByItself(spans: readonly Span[], stale: Instant | null): readonly Session[] {
  const times = spans.filter(({ kind }) => kind === 'merged');
  return times.reduce((left, time) => left.flatMap((session) => without(session, time)), sessionsIn(spans, stale));
}

type Time = Pick<Session, 'from' | 'to'>;

function without(session: Session, { from, to }: Time): readonly Session[] {
  const end = session.to ?? Number.POSITIVE_INFINITY;
  if (end <= from || (to !== null && session.from >= to)) return [session];
  const before = session.from < from ? [{ ...session, to: from }] : [];
  return to !== null && to < end ? [...before, { ...session, from: to }] : before;
}

/** One device under several numbers: present when any is, away when all are that were known by then, else unknown. */
export function united(all: readonly (readonly Session[])[]): readonly Session[] {
  const sessions: Session[] = [];
  const counts = { present: 0, away: 0, unknown: 0 };
  const turns = all.flatMap((ofOne) => ofOne.flatMap(turnsOf)).sort((a, b) => a.at - b.at);
  for (const [i, { at, presence, by }] of turns.entries()) {
    counts[presence] += by;
    const to = turns[i + 1]?.at ?? null;
    if (to !== null || counts.present + counts.away + counts.unknown > 0) append(sessions, { presence: together(counts), from: at, to });
  }
  return sessions;
}

const turnsOf = ({ presence, from, to }: Session) => [
  { at: from, presence, by: 1 },
  ...(to === null ? [] : [{ at: to, presence, by: -1 }]),
];

function together({ present, away, unknown }: Readonly<Record<Presence, number>>): Presence {
  if (present > 0) return 'present';
  return away > 0 && unknown === 0 ? 'away' : 'unknown';
}
