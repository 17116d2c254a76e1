import type { Clock, Device, Instant } from '../core/index.ts';
import { DEFAULT_WINDOW, type PresenceRules, presenceAt, type Roll } from '../inventory/index.ts';
import type { RollView } from './keeper.ts';
import type { Ledger } from './ledger.ts';

/** How long a judged roll may be served again: presence moves in minutes, requests come by the hundred. */
const FRESH = 2_000;

/** The roll with presence judged for the moment of asking. The same object while nothing changed, so that readers can cache by it. */
export function createRollViews(ledger: Ledger, clock: Clock, rules: (at: Instant) => PresenceRules): () => RollView {
  let kept: { roll: Roll; judgedAt: Instant; view: RollView } | undefined;
  return () => {
    const now = clock.now();
    if (kept?.roll === ledger.roll && Math.abs(now - kept.judgedAt) < FRESH) return kept.view;
    const devices = judgedDevices(ledger.roll, rules(now));
    const same = kept?.roll === ledger.roll && sameObjects(kept.view.devices, devices);
    const view = same && kept ? kept.view : { site: ledger.roll.site, at: ledger.at, seq: ledger.seq, devices };
    kept = { roll: ledger.roll, judgedAt: now, view };
    return view;
  };
}

function judgedDevices(roll: Roll, rules: PresenceRules): readonly Device[] {
  return [...roll.devices.values()].map((device) => judged(device, rules));
}

export function judged(device: Device, rules: PresenceRules): Device {
  // Nobody turns unknown before the usual window, so most devices need no closer look.
  if (device.presence !== 'present' || rules.at - device.lastSeen <= DEFAULT_WINDOW) return device;
  const presence = presenceAt(device, rules.at, rules.staleAfter(device));
  return presence === device.presence ? device : { ...device, presence };
}

function sameObjects(a: readonly Device[], b: readonly Device[]): boolean {
  return a.length === b.length && a.every((device, i) => device === b[i]);
}
