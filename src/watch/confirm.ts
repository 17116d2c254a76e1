import {
  type Address,
  type AddressRange,
  type Clock,
  type Device,
  type DeviceId,
  isWithin,
  MOST_THOROUGH,
  mergeRanges,
  type Observation,
  PLANS,
  type Prober,
  rangesOf,
  type ScanReport,
  type StopSignal,
  subtractRanges,
} from '../core/index.ts';
import { answeredIn } from '../inventory/index.ts';

export interface ConfirmParts {
  readonly prober: Prober;
  readonly clock: Clock;
}

/** Of the addresses asked after one scan, those of one device. */
const MOST_PLACES = 8;
/** A silent address costs seconds; nobody's departure may hold up the next sweep for long. */
const BUDGET = 20_000;

/** A report after those it missed were asked directly. */
export interface Confirmed {
  readonly report: ScanReport;
  /** Who was asked and kept silent: only they may be called away. */
  readonly silent: ReadonlySet<DeviceId>;
}

interface Leave {
  readonly report: ScanReport;
  readonly leavers: readonly Device[];
  readonly iface: string | null;
  /** Routers that this machine sends through: those that answered show whether we are where the report was made. */
  readonly gateways: readonly Address[];
}

/**
 * Asks those who are about to be called away once more, directly and by every way there is (law 2: a lost reply is no
 * absence). Gives the report with whoever answered after all. When that look itself fails, or was made in another network
 * (R5), nobody is called away by this report: their addresses leave its coverage.
 */
export async function confirmAbsence(
  { prober, clock }: ConfirmParts,
  { report, leavers, iface, gateways }: Leave,
  signal: StopSignal,
): Promise<Confirmed> {
  const routers = report.observations.filter(({ address, mac }) => mac !== null && gateways.includes(address));
  const meant = longestSilent(leavers, report.coverage.addresses, MOST_THOROUGH - routers.length);
  if (meant.length === 0) return { report, silent: new Set() };
  const asked = rangesOf(meant.flatMap((device) => placesOf(device, report.coverage.addresses)));
  const plan = { ...PLANS.sweep, budget: BUDGET };
  const addresses = mergeRanges([...asked, ...rangesOf(routers.map(({ address }) => address))]);
  const order = { plan, addresses, iface, thorough: true, expected: expected(meant) };
  const second = await prober.look(order, () => {}, signal).catch(() => null);
  if (second === null || (second.outcome !== 'complete' && second.outcome !== 'partial'))
    return { report: withoutWord(report, asked), silent: new Set() };
  const heard = routers.filter(({ address }) => isWithin(second.coverage.addresses, address));
  if (heard.length > 0 && !heard.some(answersIn(second))) return { report: withoutWord(report, asked), silent: new Set() };
  // Neither commands nor output are kept: they name other addresses each time, and would be most of a year's store.
  const observations = [...report.observations, ...strangersTo(report, second.observations)];
  const both = { ...report, finishedAt: Math.max(report.finishedAt, clock.now()), observations };
  const unasked = subtractRanges(asked, second.coverage.addresses);
  const answered = answeredIn(second.observations);
  return {
    report: unasked.length === 0 ? both : withoutWord(both, unasked),
    silent: new Set(meant.filter((device) => !answered(device)).map(({ id }) => id)),
  };
}

/** From the card that it had. */
const answersIn =
  ({ observations }: ScanReport) =>
  ({ address, mac }: Observation): boolean =>
    observations.some((one) => one.address === address && one.mac === mac);

/** As many as may be asked at once, those who have kept quiet longest first; the others wait for the next scan. */
function longestSilent(leavers: readonly Device[], covered: readonly AddressRange[], most: number): readonly Device[] {
  let left = most;
  return leavers
    .toSorted((a, b) => a.lastSeen - b.lastSeen)
    .filter((device) => {
      const places = placesOf(device, covered).length;
      if (places > left) return false;
      left -= places;
      return places > 0;
    });
}

/** Where it was seen last, as far as it was looked for there; of one that answered for many, not all. */
function placesOf({ addresses }: Device, covered: readonly AddressRange[]): readonly Address[] {
  const lately = addresses.toSorted((a, b) => b.seenAt - a.seenAt).map(({ address }) => address);
  return lately.filter((address) => isWithin(covered, address)).slice(0, MOST_PLACES);
}

const expected = (devices: readonly Device[]): { address: string; mac: string | null }[] =>
  devices.flatMap(({ addresses, macs }) => addresses.map(({ address }) => ({ address, mac: macs[0]?.mac ?? null })));

/** Nobody could ask again: what the first look missed proves nothing. */
function withoutWord(report: ScanReport, asked: readonly AddressRange[]): ScanReport {
  const { coverage } = report;
  const warning = 'those it missed could not be asked again, so nobody is called away by it';
  return {
    ...report,
    coverage: { ...coverage, addresses: subtractRanges(coverage.addresses, asked) },
    warnings: [...report.warnings, warning],
  };
}

function strangersTo({ observations }: ScanReport, found: readonly Observation[]): readonly Observation[] {
  const known = new Set(observations.map(({ address, mac }) => `${address} ${mac}`));
  return found.filter(({ address, mac }) => !known.has(`${address} ${mac}`));
}
