import { type AddressRange, mergeRanges } from '../core/index.ts';
import type { Keeper } from './keeper.ts';
import { targetMeant, territoryOf } from './territory.ts';
import type { Wired } from './wire.ts';

/** What people ask of follow-ups. */
export function followingUp(wired: Wired): Pick<Keeper, 'followUp' | 'startFollowUp'> {
  const { followUps, byHand } = wired;
  return {
    followUp: async (targets) => followUps.plan(await rangesMeant(wired, targets), null),
    startFollowUp: async ({ targets, ...request }) => {
      const ranges = await rangesMeant(wired, targets);
      if (followUps.due(ranges).every(({ spared }) => spared !== null)) return null;
      const subject = targets.length > 0 ? targets.join(' ') : 'all that is watched';
      const job = { target: null, subject, plan: followUps.asking, iface: null, unnamed: true };
      const heeded = byHand.heeded(job, request, ranges);
      return byHand.begin({ ...job, ...heeded }, (signal) => followUps.sight({ ranges }, signal), ranges);
    },
  };
}

async function rangesMeant({ outside, ledger, book, places }: Wired, targets: readonly string[]): Promise<readonly AddressRange[]> {
  const { site } = ledger.roll;
  if (targets.length === 0 || targets.includes(site)) return mergeRanges(places.all.flatMap(({ ranges }) => ranges));
  const looks = await outside.store.lastLooks(site, outside.clock.now());
  return mergeRanges(targets.flatMap((text) => territoryOf(targetMeant(text, site, book.all), site, looks).ranges ?? []));
}
