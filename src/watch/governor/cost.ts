import { type AddressRange, countAddresses, forecast, isWithin, type Plan, type Scan, type TargetSpec } from '../../core/index.ts';
import type { Keepings } from '../keepings.ts';
import type { Cost } from './cost-told.ts';
import { limitsAt } from './limits.ts';

/** Of a host name, and of a network too vast to be asked address by address, those who are known. */
const MOST = 1_000_000;

export function costOf(
  kept: Keepings,
  goal: { readonly spec: TargetSpec; readonly ranges: readonly AddressRange[] },
  plan: Plan,
): Omit<Cost, 'measured'> {
  const { ledger, config, outside } = kept;
  const { spec, ranges } = goal;
  const devices = [...ledger.roll.devices.values()].filter(({ presence }) => presence === 'present');
  const here = devices.filter(({ addresses }) => addresses.some(({ address }) => isWithin(ranges, address)));
  const open = here.flatMap(({ ports }) => ports).filter(({ state, protocol }) => state === 'open' && protocol === plan.protocol);
  const all = Number(countAddresses(ranges));
  // Only devices that are there are asked for ports, where a target is swept.
  const addresses = Math.max(1, all > MOST ? here.length : all);
  const [first] = ranges;
  const facts = {
    addresses,
    present: here.length,
    known: kept.places.at(ranges).some(({ target }) => kept.familiar.has(target.id)),
    open: open.length,
    attached: first !== undefined && outside.surroundings.ifaceOf(first) !== null,
    pace: limitsAt(config, { addresses: ranges, target: spec.text }).pace,
    sweepRate: config.sweep.rate === 0 ? null : config.sweep.rate,
  };
  return { plan: plan.name, addresses, present: here.length, forecast: forecast(plan, facts) };
}

/** What the newest scan took. Packets are remembered while the process lives. */
export function measuredOf(scan: Scan | null, sent: ReadonlyMap<number, number>): Cost['measured'] {
  if (scan === null || scan.finishedAt === null || (scan.outcome !== 'complete' && scan.outcome !== 'partial')) return null;
  return { took: scan.finishedAt - scan.startedAt, packets: sent.get(scan.id) ?? null };
}
