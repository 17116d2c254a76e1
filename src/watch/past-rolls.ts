import type { Instant } from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';
import { devicesWhen } from './belief-view.ts';
import type { RollView } from './keeper.ts';
import type { Wired } from './wire.ts';

interface Kept {
  readonly at: Instant;
  /** By which it was read: a commit may tell more of the past. */
  readonly roll: Roll;
  readonly view: Promise<RollView>;
}

/**
 * The roll of a past moment. Reading ten thousand devices off their spans takes some tenths of a second, and whoever looks at a
 * moment asks many things of it: the last one is kept until another is asked for, or something is committed.
 */
export function createPastRolls(wired: Wired): (at: Instant) => Promise<RollView> {
  let kept: Kept | undefined;
  return (at) => {
    const { roll } = wired.ledger;
    if (kept?.at === at && kept.roll === roll) return kept.view;
    const view = readRoll(wired, at);
    const reading = { at, roll, view };
    kept = reading;
    // What could not be read is read again.
    view.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return view;
  };
}

async function readRoll(wired: Wired, at: Instant): Promise<RollView> {
  const { outside, ledger } = wired;
  const [newest] = await outside.store.changes({ until: at, newestFirst: true, limit: 1 });
  return { site: ledger.roll.site, at, seq: newest?.seq ?? 0, devices: await devicesWhen(wired, at) };
}
