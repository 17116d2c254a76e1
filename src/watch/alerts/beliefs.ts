import { Fault, type Instant } from '../../core/index.ts';
import type { DriftItem } from '../../inventory/index.ts';
import { approvedAt } from '../approvals.ts';
import { driftOf } from '../drift.ts';
import type { Watching } from '../watching.ts';
import type { Beliefs } from './happenings.ts';

/** What is believed now. */
export const beliefsNow = (wired: Watching): Beliefs => ({
  roll: wired.ledger.roll,
  devices: () => wired.rollView().devices,
  ...approvalsAt(wired, null),
});

/** How devices stand to what was approved, now (null) or at a moment that has passed; judged once, however often it is asked. */
export function approvalsAt(wired: Watching, at: Instant | null): Pick<Beliefs, 'drift' | 'approved'> {
  let drift: Promise<readonly DriftItem[] | null> | undefined;
  return {
    drift: () => (drift ??= driftAt(wired, at)),
    approved: () => approvedAt(wired, at),
  };
}

async function driftAt(wired: Watching, at: Instant | null): Promise<readonly DriftItem[] | null> {
  try {
    return (await driftOf(wired, { target: null, at })).items;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'not-found') return null; // there is no baseline
    throw fault;
  }
}
