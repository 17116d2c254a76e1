import { type Address, type Device, type Mac, type Millis, NO_COVERAGE, type Observation, type ScanReport } from '../core/index.ts';
import { answersUsually, type Roll } from '../inventory/index.ts';
import { holderOf } from './overheard.ts';

export interface Acquaintance {
  readonly roll: Roll;
  /** Routers that this machine sends through. */
  readonly gateways: readonly Address[];
  /** How often is looked where the report looked: by that it is judged who usually answers. */
  readonly cadence: Millis;
}

/** So few of those who usually answer travel with a laptop: a phone, a watch. At home with a new router there are more. */
const TRAVELLERS = 1 / 4;

/**
 * Distrusts a look at another network of the same numbers (R5): a card that nobody knows answers for the gateway, the one
 * it had is nowhere, and hardly anybody who usually answers does. Then nobody here has left, and nobody has come.
 */
export function distrustNetwork(report: ScanReport, { roll, gateways, cadence }: Acquaintance): ScanReport {
  if (report.outcome === 'failed') return report;
  const change = gatewayChange(report.observations, roll, gateways);
  if (change === null) return report;
  const { usual, here } = acquaintances(report.observations, roll, { gateway: change.former, cadence });
  if (usual === 0 || here >= usual * TRAVELLERS) return report;
  const { gateway, mac, former } = change;
  const text =
    `${gateway} answers from ${mac}, which nobody knows, and ${here} of ${usual} devices that usually answer do: this is another network of the same numbers; ` +
    `if it was renewed for good, say so with "rollcall forget ${former.id}", its former gateway`;
  return { ...report, outcome: 'failed', cause: { code: 'other-network', text }, coverage: NO_COVERAGE, observations: [] };
}

interface GatewayChange {
  readonly gateway: Address;
  readonly mac: Mac;
  readonly former: Device;
}

/** A gateway that answers from a card nobody knows, while the device that had its address is not seen; null: none does. */
export function gatewayChange(
  observations: readonly Pick<Observation, 'address' | 'mac'>[],
  roll: Roll,
  gateways: readonly Address[],
): GatewayChange | null {
  const seen = new Set(observations.map(({ mac }) => mac));
  for (const { address, mac } of observations) {
    if (mac === null || !gateways.includes(address) || holderOf(roll, mac)) continue;
    const former = lastHolder(roll, address);
    if (former && former.macs.every((card) => !seen.has(card.mac))) return { gateway: address, mac, former };
  }
  return null;
}

function lastHolder({ devices }: Roll, gateway: Address): Device | undefined {
  const seenThere = ({ addresses }: Device): number => addresses.find(({ address }) => address === gateway)?.seenAt ?? -1;
  const holders = [...devices.values()].filter((device) => device.macs.length > 0 && seenThere(device) >= 0);
  return holders.sort((a, b) => seenThere(b) - seenThere(a))[0];
}

interface Count {
  /** Devices that usually answer looks, or where none does, all that have not left. */
  readonly usual: number;
  /** How many of them answered. */
  readonly here: number;
}

function acquaintances(
  observations: readonly Observation[],
  { devices }: Roll,
  { gateway, cadence }: { readonly gateway: Device; readonly cadence: Millis },
): Count {
  const ours = new Set(observations.flatMap(({ reason, mac }) => (reason === 'localhost-response' ? [mac] : [])));
  const seen = new Set(observations.map(({ mac }) => mac));
  const others = [...devices.values()].filter(
    ({ id, presence, macs }) => id !== gateway.id && presence !== 'away' && macs.length > 0 && !macs.some(({ mac }) => ours.has(mac)),
  );
  const steady = others.filter((device) => answersUsually(device, cadence));
  const counted = steady.length > 0 ? steady : others;
  return { usual: counted.length, here: counted.filter(({ macs }) => macs.some(({ mac }) => seen.has(mac))).length };
}
