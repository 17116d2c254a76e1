import { type Address, type AddressRange, isWithin, type Mac, type ScanReport } from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';
import type { Keepings } from './keepings.ts';
import { distrustNetwork } from './other-network.ts';
import { cadenceOf } from './presence-rules.ts';

const MINUTE = 60_000;

/** The report, or a failed one where it plainly looked at another network. */
export function standingOf({ places, vigil, ledger }: Keepings, report: ScanReport): ScanReport {
  const targets = places.at(report.coverage.addresses).map(({ target }) => target);
  const cadence = Math.max(MINUTE, ...targets.map((target) => cadenceOf(target)));
  const [elsewhere] = targets.flatMap(({ spec }) => vigil.elsewhere(spec.text) ?? []);
  return distrustNetwork(report, { roll: ledger.roll, gateways: ledger.gateways, cadence, elsewhere });
}

/** Where devices that have not left were seen, as far as it lies in these ranges. */
export function expectedAt({ devices }: Roll, ranges: readonly AddressRange[]): { address: Address; mac: Mac | null }[] {
  const here = [...devices.values()].filter(({ presence }) => presence !== 'away');
  const places = here.flatMap(({ addresses, macs }) => addresses.map(({ address }) => ({ address, mac: macs[0]?.mac ?? null })));
  return places.filter(({ address }) => isWithin(ranges, address));
}
