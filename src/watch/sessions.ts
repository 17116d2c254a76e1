import type { Device, DeviceId, Instant, Span } from '../core/index.ts';
import { allPartsOf, type PresenceRules } from '../inventory/index.ts';
import type { RollView } from './keeper.ts';
import { judged } from './roll-view.ts';
import type { Attending, Session } from './sessions-asked.ts';
import { clipped } from './sessions-of-spans.ts';
import { sessionsOfWhole, sessionsTogether } from './sessions-of-whole.ts';
import type { Wired } from './wire.ts';

/** No query while nothing changed, and few for all devices: the house is asked who is here more often than it changes. */
export function attendingOf(wired: Wired): Attending {
  const { outside, rules, rollView } = wired;
  const told = new WeakMap<RollView, ReadonlyMap<DeviceId, Instant>>();
  return {
    async presenceSince() {
      const view = rollView();
      const since = told.get(view) ?? (await presenceOf(wired, view));
      told.set(view, since);
      return since;
    },
    async sessionsOf(device, { since, until }) {
      const now = outside.clock.now();
      return clipped(await allSessionsOf(wired, device, rules(now)), { since, until }, now);
    },
    async sessionsOfMany(devices, stretch) {
      const now = outside.clock.now();
      const spans = await presenceSpans(wired, devices, stretch.since);
      const at = rules(now);
      return new Map(
        devices.map((device) => {
          const members = [device, ...partsIn(wired, device)];
          const together = sessionsTogether(
            members,
            (id) => spans.get(id) ?? [],
            (member) => endOfKnowledge(judged(member, at), at),
          );
          return [device.id, clipped(together, stretch, now)];
        }),
      );
    },
  };
}

function allSessionsOf({ outside: { store }, ledger: { roll } }: Wired, device: Device, at: PresenceRules): Promise<readonly Session[]> {
  return sessionsOfWhole({ roll, store }, device, (member) => endOfKnowledge(judged(member, at), at));
}

/** Most devices have no parts, and finding them looks at all that were ever merged. */
function partsIn({ ledger: { roll } }: Wired, { id }: Device): readonly Device[] {
  return roll.merged.size === 0 ? [] : allPartsOf(roll, id);
}

/** Spans of these devices and their parts that reach beyond a moment, in one question. */
async function presenceSpans(wired: Wired, devices: readonly Device[], since: Instant): Promise<ReadonlyMap<DeviceId, readonly Span[]>> {
  const ids = new Set(devices.flatMap((device) => [device, ...partsIn(wired, device)]).map(({ id }) => id));
  return Map.groupBy(await wired.outside.store.presenceSpans([...ids], since), ({ device }) => device);
}

async function presenceOf(wired: Wired, { devices }: RollView): Promise<ReadonlyMap<DeviceId, Instant>> {
  const { outside, ledger, rules } = wired;
  const began = new Map((await outside.store.openSpans(ledger.roll.site, 'presence')).map(({ device, from }) => [device, from]));
  const joined = await lastMerges(wired);
  const at = rules(outside.clock.now());
  const since = new Map<DeviceId, Instant>();
  for (const device of devices) {
    const from = began.get(device.id);
    if (from === undefined) continue;
    // What began before a merge may have begun earlier as another; what began since did not.
    const first = from > (joined.get(device.id) ?? Number.NEGATIVE_INFINITY) ? from : await beganTogether(wired, device, at);
    since.set(device.id, sinceOf(device, first ?? from, at));
  }
  return since;
}

const beganTogether = async (wired: Wired, device: Device, at: PresenceRules): Promise<Instant | undefined> =>
  (await allSessionsOf(wired, device, at)).at(-1)?.from;

/** When something was last merged into each device that has parts. */
async function lastMerges({ outside, ledger: { roll } }: Wired): Promise<ReadonlyMap<DeviceId, Instant>> {
  const merges = roll.merged.size === 0 ? [] : await outside.store.openSpans(roll.site, 'merged');
  const last = new Map<DeviceId, Instant>();
  for (const { value, from } of merges) last.set(Number(value), Math.max(from, last.get(Number(value)) ?? from));
  return last;
}

/** Somebody who was there when nobody looked any more is unknown from when the last sighting went stale. */
function sinceOf(device: Device, from: Instant, rules: PresenceRules): Instant {
  return Math.max(from, endOfKnowledge(device, rules) ?? from);
}

/** When a device that was present became unknown for want of looks; null when it did not. `device` as judged. */
function endOfKnowledge(device: Device, rules: PresenceRules): Instant | null {
  return device.presence === 'unknown' ? Math.min(device.lastSeen + rules.staleAfter(device), rules.at) : null;
}
