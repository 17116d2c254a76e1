import { type Baseline, Fault } from '../core/index.ts';
import { momentNow, surveyOf } from './belief-view.ts';
import type { BaselineRequest, Keeper } from './keeper.ts';
import { targetMeant } from './territory.ts';
import type { Wired } from './wire.ts';

/** Keeps this moment. What was never looked at cannot be how things should be. */
export async function makeBaseline(wired: Wired, { target, by, note }: BaselineRequest): Promise<Baseline> {
  const lease = await wired.outside.tenancy.get(); // with it comes what another process has committed
  const at = momentNow(wired);
  const { territory, coverage } = await surveyOf(wired, target, at);
  if (coverage.addresses.length === 0)
    throw new Fault(
      'refused',
      `making a baseline of ${territory.text}: nothing was scanned there yet`,
      'scan it first with "rollcall scan"',
    );
  const { site } = wired.ledger.roll;
  const text = territory.ranges === null ? null : territory.text;
  return wired.outside.store.addBaseline({ site, target: text, at, by, note }, lease);
}

export async function listBaselines({ outside, ledger, book }: Wired, { target, limit }: Parameters<Keeper['baselines']>[0]) {
  const { site } = ledger.roll;
  const of = target === undefined ? {} : { target: targetMeant(target, site, book.all)?.text ?? null };
  return outside.store.baselines({ site, limit, ...of });
}
