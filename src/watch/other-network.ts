import {
  type Address,
  type Device,
  type DeviceId,
  type Instant,
  isWithin,
  type Mac,
  type Millis,
  NO_COVERAGE,
  type Observation,
  type ScanReport,
} from '../core/index.ts';
import { answersUsually, type Roll } from '../inventory/index.ts';
import { holderOf } from './overheard.ts';

/** By whom a network is known. */
export interface Gateways {
  /** Routers that this machine sends through now. */
  readonly now: readonly Address[];
  /** Those it sent through before, and the cards that answered for them. */
  readonly before: readonly { readonly address: Address; readonly mac: Mac }[];
}

export interface Acquaintance {
  readonly roll: Roll;
  readonly gateways: Gateways;
  /** How often is looked where the report looked: by that it is judged who usually answers. */
  readonly cadence: Millis;
  /** The last look was at another network, and this was the gateway of ours. undefined: it was at ours. */
  readonly elsewhere: { readonly former: DeviceId | null } | undefined;
}

/** So few of those who usually answer travel with a laptop: a phone, a watch. At home with a new router there are more. */
const TRAVELLERS = { share: 1 / 4, most: 4 } as const;
/** Where hardly anybody usually answers, one that does may have travelled along, if there are more strangers than a new router brings. */
export const NEW_AT_HOME = 3;

/**
 * Distrusts a look at another network of the same numbers (R5): a card that nobody knows answers for the gateway, the one
 * it had is nowhere, and hardly anybody who usually answers does. Then nobody here has left, and nobody has come. Once we
 * are elsewhere, only somebody we know proves that we are back; whoever forgets the former gateway says that this is ours.
 */
export function distrustNetwork(report: ScanReport, { roll, gateways, cadence, elsewhere }: Acquaintance): ScanReport {
  if (report.outcome === 'failed' || isOurs(roll, elsewhere)) return report;
  const change = gatewayChange(report.observations, roll, gateways);
  if (change === null && elsewhere === undefined) return report;
  const { usual, here, strangers } = acquaintances(report, roll, { gateway: change?.former ?? null, cadence });
  if (usual === 0 || isHome({ usual, here, strangers })) return report;
  const few = `${here} of ${usual} devices that usually answer do`;
  if (change)
    return lookedElsewhere(report, `${change.gateway} answers from ${change.mac}, which nobody knows, and ${few}`, change.former.id);
  const answers = report.observations.some(({ address, mac }) => mac !== null && gateways.now.includes(address));
  return elsewhere && !answers ? lookedElsewhere(report, `no gateway answers, and ${few}`, elsewhere.former) : report;
}

function isHome({ usual, here, strangers }: Count): boolean {
  if (here > TRAVELLERS.most) return true;
  return here >= usual * TRAVELLERS.share && (here > 1 || strangers <= NEW_AT_HOME);
}

const isOurs = ({ devices, merged }: Roll, elsewhere: Acquaintance['elsewhere']): boolean => {
  const former = elsewhere?.former ?? null;
  return former !== null && !devices.has(former) && !merged.has(former);
};

function lookedElsewhere(report: ScanReport, what: string, former: DeviceId | null): ScanReport {
  const remedy = former === null ? '' : `; if it was renewed for good, say so with "rollcall forget ${former}", its former gateway`;
  const text = `${what}: this is another network of the same numbers${remedy}`;
  const cause = { code: 'other-network', text, ...(former !== null && { device: former }) } as const;
  return { ...report, outcome: 'failed', cause, coverage: NO_COVERAGE, observations: [] };
}

interface GatewayChange {
  readonly gateway: Address;
  readonly mac: Mac;
  /** Whose place it took. */
  readonly former: Device;
}

/**
 * A gateway that answers from a card nobody knew when the former one was seen last, while that is not seen; null: none does.
 * Who came since may have been heard in the other network.
 */
export function gatewayChange(
  observations: readonly Pick<Observation, 'address' | 'mac'>[],
  roll: Roll,
  gateways: Gateways,
): GatewayChange | null {
  const seen = new Set(observations.map(({ mac }) => mac));
  const isHere = ({ macs }: Device): boolean => macs.some((card) => seen.has(card.mac));
  for (const { address, mac } of observations) {
    if (mac === null || !gateways.now.includes(address)) continue;
    const formers = formerGateways(roll, { address, mac }, gateways);
    const [former] = formers;
    if (former && !formers.some(({ device }) => isHere(device)) && isNewSince(roll, mac, former.seenAt))
      return { gateway: address, mac, former: former.device };
  }
  return null;
}

function isNewSince(roll: Roll, mac: Mac, at: Instant): boolean {
  const holder = holderOf(roll, mac);
  return holder === undefined || holder.firstSeen > at;
}

interface Holder {
  readonly device: Device;
  readonly seenAt: Instant;
}

/** Who had the address before that card, or was the gateway at another; who has been known longest comes first. */
function formerGateways(roll: Roll, { address, mac }: { address: Address; mac: Mac }, { now, before }: Gateways): readonly Holder[] {
  const there = [...roll.devices.values()].flatMap((device) => {
    const place = device.addresses.find((entry) => entry.address === address);
    return place && device.macs.length > 0 ? [{ device, seenAt: place.seenAt }] : [];
  });
  const moved = before.filter((one) => !now.includes(one.address)).flatMap((one) => holderOf(roll, one.mac) ?? []);
  const holders = [...there, ...moved.map((device) => ({ device, seenAt: device.lastSeen }))];
  return holders
    .filter(({ device }) => device.macs.every((card) => card.mac !== mac))
    .sort((a, b) => a.device.firstSeen - b.device.firstSeen);
}

interface Count {
  /** Devices that were asked and usually answer looks, or where none does, all that have not left. */
  readonly usual: number;
  /** How many of them answered. */
  readonly here: number;
  /** Cards that nobody knows. */
  readonly strangers: number;
}

function acquaintances(
  { observations, coverage }: Pick<ScanReport, 'observations' | 'coverage'>,
  roll: Roll,
  { gateway, cadence }: { readonly gateway: Device | null; readonly cadence: Millis },
): Count {
  const ours = new Set(observations.flatMap(({ reason, mac }) => (reason === 'localhost-response' ? [mac] : [])));
  const seen = new Set(observations.map(({ mac }) => mac));
  const asked = [...roll.devices.values()].filter(
    ({ presence, addresses }) => presence !== 'away' && addresses.some(({ address }) => isWithin(coverage.addresses, address)),
  );
  const others = asked.filter(({ id, macs }) => id !== gateway?.id && macs.length > 0 && !macs.some(({ mac }) => ours.has(mac)));
  const steady = others.filter((device) => answersUsually(device, cadence));
  const counted = steady.length > 0 ? steady : others;
  const strangers = [...seen].filter((mac) => mac !== null && holderOf(roll, mac) === undefined).length;
  return { usual: counted.length, strangers, here: counted.filter(({ macs }) => macs.some(({ mac }) => seen.has(mac))).length };
}
