import type { Device, DeviceId, Instant } from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import type { RollView } from './keeper.ts';
import type { Attending } from './sessions-asked.ts';
import { clipped, sessionsIn } from './sessions-of-spans.ts';
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
