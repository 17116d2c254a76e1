import { type Device, Fault, type Instant } from '../../core/index.ts';
import { type DriftItem, type Roll, rollOf } from '../../inventory/index.ts';
import { approvedBy } from '../approvals.ts';
import { momentNow } from '../belief-view.ts';
import { driftBy } from '../drift.ts';
import { judged } from '../roll-view.ts';
import type { Watching } from '../watching.ts';
import type { Beliefs } from './happenings.ts';

async function rollAfter({ outside, ledger }: Watching, at: Instant): Promise<Roll> {
  const { site } = ledger.roll;
  return rollOf(site, await outside.store.devicesAt(site, at), 0);
}

/** What was believed at a moment that has passed, as the store has it. */
export const beliefsAt = async (wired: Watching, at: Instant): Promise<Beliefs> => beliefsBy(wired, await rollAfter(wired, at), at);

/** What is believed now. */
export const beliefsNow = (wired: Watching): Beliefs => beliefsBy(wired, wired.ledger.roll, momentNow(wired));

/** What was believed right after a commit, of which moment and roll are known. What takes time is found out once, and when it is asked. */
export function beliefsBy(wired: Watching, roll: Roll, committed: Instant): Beliefs {
  const at = Math.min(committed, momentNow(wired));
  let devices: readonly Device[] | undefined;
  let drift: Promise<readonly DriftItem[] | null> | undefined;
  const judgedDevices = (): readonly Device[] => {
    const rules = wired.rules(at);
    return [...roll.devices.values()].map((device) => judged(device, rules));
  };
  const whole = (): Roll => ({ ...roll, devices: new Map((devices ??= judgedDevices()).map((device) => [device.id, device])) });
  return {
    roll,
    devices: () => (devices ??= judgedDevices()),
    drift: () => (drift ??= driftIn(wired, whole, at)),
    approved: () => approvedBy(wired, roll, at),
  };
}

async function driftIn(wired: Watching, roll: () => Roll, at: Instant): Promise<readonly DriftItem[] | null> {
  try {
    return (await driftBy(wired, { target: null, at, roll })).items;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'not-found') return null; // there is no baseline
    throw fault;
  }
}
