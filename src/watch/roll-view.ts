import type { Clock, Device, Instant } from '../core/index.ts';
import { DEFAULT_WINDOW, type PresenceRules, presenceAt, type Roll } from '../inventory/index.ts';
import type { RollView } from './keeper.ts';
import type { Ledger } from './ledger.ts';

/** How long a judged roll may be served again: presence moves in minutes, requests come by the hundred. */
const FRESH = 2_000;

interface Kept {
  readonly roll: Roll;
  readonly judgedAt: Instant;
  readonly view: RollView;
}

/** The roll with presence judged for the moment of asking. The same object while nothing changed, so that readers can cache by it. */
export function createRollViews(ledger: Ledger, clock: Clock, rules: (at: Instant) => PresenceRules): () => RollView {
  let kept: Kept | undefined;
  return () => {
    const now = clock.now();
    const { roll, seq, at } = ledger;
    // A commit may leave the roll as it was, and still be a newer one.
    const old = kept?.roll === roll && kept.view.seq === seq && kept.view.at === at ? kept : undefined;
    if (old && Math.abs(now - old.judgedAt) < FRESH) return old.view;
    const devices = judgedDevices(roll, rules(now));
    const view = old && samePresence(old.view.devices, devices) ? old.view : { site: roll.site, at, seq, devices };
    kept = { roll, judgedAt: now, view };
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

/** Of one roll, judgements can only differ in presence. */
function samePresence(a: readonly Device[], b: readonly Device[]): boolean {
  return a.every(({ presence }, i) => presence === b[i]?.presence);
}
