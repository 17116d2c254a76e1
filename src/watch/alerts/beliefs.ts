import { type Device, Fault, type Instant, isLasting } from '../../core/index.ts';
import { type DriftItem, type Roll, rollOf } from '../../inventory/index.ts';
import { approvedBy } from '../approvals.ts';
import { momentNow } from '../belief-view.ts';
import { driftBy } from '../drift.ts';
import { judged } from '../roll-view.ts';
import type { Watching } from '../watching.ts';
import { type Beliefs, NotKnown } from './happenings.ts';

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
    drift: () => (drift ??= told(wired, at, driftIn(wired, whole, at))),
    approved: () => told(wired, at, approvedBy(wired, roll, at)),
  };
}

/** What was approved; where a row of it is damaged nobody knows what that allowed, and it is said until it is mended. */
async function told<T>(wired: Watching, at: Instant, work: Promise<T>): Promise<T> {
  try {
    const found = await work;
    // What was approved long ago may be sound where what was approved since is not.
    if (at >= (wired.ledger.at ?? 0)) wired.trouble(TOPIC, null);
    return found;
  } catch (fault) {
    if (!isLasting(fault)) throw fault;
    throw unknownBy(wired, fault);
  }
}

const TOPIC = 'approvals';

function unknownBy({ outside, troubles, trouble }: Watching, fault: unknown): NotKnown {
  const why = fault instanceof Error ? fault.message : String(fault);
  const remedy = (fault instanceof Fault && fault.remedy) || 'see the log';
  const text = `cannot tell drift from what was approved: ${why}; ${remedy}`;
  if (troubles.get(TOPIC) !== text) outside.log.error({ fault: String(fault) }, 'drift is not known');
  trouble(TOPIC, text);
  return new NotKnown(`drift is not known: ${why}`);
}

async function driftIn(wired: Watching, roll: () => Roll, at: Instant): Promise<readonly DriftItem[] | null> {
  try {
    return (await driftBy(wired, { target: null, at, roll })).items;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'not-found') return null; // there is no baseline
    throw fault;
  }
}
