import type { Device, DeviceId, Instant, Presence, Span } from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import type { RollView } from './keeper.ts';
import type { Attending, Session, Stretch } from './sessions-asked.ts';
import type { Wired } from './wire.ts';

/** One query for all devices, and none while nothing changed: the house is asked who is here more often than it changes. */
export function attendingOf({ outside, ledger, rules, rollView }: Wired): Attending {
  const { store, clock } = outside;
  const told = new WeakMap<RollView, ReadonlyMap<DeviceId, Instant>>();
  const presenceOf = async (view: RollView): Promise<ReadonlyMap<DeviceId, Instant>> => {
    const began = new Map((await store.openSpans(ledger.roll.site, 'presence')).map(({ device, from }) => [device, from]));
    const at = rules(clock.now());
    return new Map(
      view.devices.flatMap((device) => {
        const from = began.get(device.id);
        return from === undefined ? [] : [[device.id, sinceOf(device, from, at)] as const];
      }),
    );
  };
  return {
    async presenceSince() {
      const view = rollView();
      const since = told.get(view) ?? (await presenceOf(view));
      told.set(view, since);
      return since;
    },
    async sessionsOf(device, { since, until }) {
      const now = clock.now();
      const sessions = sessionsIn(await store.spansOf(device.id), endOfKnowledge(device, rules(now)));
      return clipped(sessions, { since, until }, now);
    },
  };
}

/** Somebody who was there when nobody looked any more is unknown from when the last sighting went stale. */
function sinceOf(device: Device, from: Instant, rules: PresenceRules): Instant {
  return Math.max(from, endOfKnowledge(device, rules) ?? from);
}

/** When a device that was present became unknown for want of looks; null when it did not. `device` as judged. */
function endOfKnowledge(device: Device, rules: PresenceRules): Instant | null {
  return device.presence === 'unknown' ? Math.min(device.lastSeen + rules.staleAfter(device), rules.at) : null;
}

/** Presence spans as sessions, oldest first: alike neighbours are one, and none begins before the one before it ends. */
export function sessionsIn(spans: readonly Span[], stale: Instant | null = null): readonly Session[] {
  const told = spans.filter(({ kind }) => kind === 'presence').sort((a, b) => a.from - b.from || a.openedBy - b.openedBy);
  const sessions: Session[] = [];
  for (const [index, { value, from, to }] of told.entries()) {
    // A clock that was set back makes spans overlap: the later word counts.
    const end = earlier(to, told[index + 1]?.from ?? null);
    const presence = (value.split('@')[0] ?? 'unknown') as Presence;
    const lapsed = end === null && presence === 'present' && stale !== null;
    const parts: Session[] = lapsed
      ? [
          { presence, from, to: Math.max(from, stale) },
          { presence: 'unknown', from: Math.max(from, stale), to: null },
        ]
      : [{ presence, from, to: end }];
    for (const part of parts) append(sessions, part);
  }
  return sessions;
}

function append(sessions: Session[], next: Session): void {
  const last = sessions.at(-1);
  if (next.to !== null && next.to <= next.from) return;
  if (last?.presence === next.presence && last.to === next.from) sessions[sessions.length - 1] = { ...last, to: next.to };
  else sessions.push(next);
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** The part of sessions that lies in a stretch; only one that reaches into now still lasts. */
export function clipped(sessions: readonly Session[], { since, until }: Stretch, now: Instant): readonly Session[] {
  const end = Math.min(until, now);
  return sessions.flatMap(({ presence, from, to }) => {
    const [begin, close] = [Math.max(from, since), Math.min(to ?? Number.POSITIVE_INFINITY, end)];
    if (begin >= close) return [];
    return [{ presence, from: begin, to: to === null && end === now ? null : close }];
  });
}
