import {
  type Address,
  type AddressRange,
  countAddresses,
  type Device,
  type Instant,
  isWithin,
  type Millis,
  type Observation,
  type ScanReport,
  subtractRanges,
} from '../core/index.ts';
import { answeredIn, answersUsually, type Roll } from '../inventory/index.ts';

/** A target, and who of it can prove that a look sees. */
export interface Witnesses {
  readonly roll: Roll;
  /** The target's text, as people know it. */
  readonly target: string;
  readonly ranges: readonly AddressRange[];
  /** How often it is looked at: by that it is judged who usually answers. */
  readonly cadence: Millis;
  /** Addresses that the config names as canaries of it. */
  readonly named: readonly Address[];
  /** Routers of this machine that lie in it. */
  readonly gateways: readonly Address[];
  /** When the newest look at it began that was believed; null: nobody remembers one. */
  readonly lookedAt: Instant | null;
  /** The target cannot be seen: why, by its code, and since when somebody has been watching that. null: it can. */
  readonly blind: { readonly code: string | null; readonly since: Instant } | null;
}

export interface Distrust {
  readonly report: ScanReport;
  /** That somebody is no canary any more, once; null: nothing of the kind. */
  readonly word: string | null;
  /** Where those are whose silence made it blind now: a reply may be lost, so they are worth asking once more. */
  readonly silent: readonly Address[];
}

/**
 * Distrusts the silence of a look that misses a canary (R2 beyond our own link: a switch on the way lost its power, and
 * our carrier stands). Who answered is believed, and the target is blind to the rest.
 *
 * Canaries named in the config are enough by themselves: one that answers proves our eyes, and all of them silent is
 * blindness. A gateway was not chosen for that: routers start again and are switched off at night, while everybody else
 * goes on answering. It is one only where nobody else of the target answers either; then nothing at all proves that we see.
 *
 * Only who usually answers, and answered the last look that was believed, can be missed: a canary that sleeps, was never
 * seen, or was silent while its silence was believed proves nothing until it answers again.
 */
export function distrustCanary(report: ScanReport, witnesses: Witnesses): Distrust {
  const believed = { report, word: null, silent: [] };
  if (report.outcome === 'failed' || report.outcome === 'cancelled') return believed;
  const eyes = eyesOf(report, witnesses);
  const { target, named, gateways, ranges } = witnesses;
  const canaries = named.some(eyes.answers) ? [] : trusted(named, report, witnesses);
  if (canaries.length > 0) {
    if (eyes.seeAnybody && isGone(canaries, report, witnesses)) return { ...believed, word: givenUp(target, canaries) };
    const remedy = 'silent now; mend the way there, or take it out of canary = [...] in the config file';
    return blinded(report, {
      witnesses,
      silent: canaries,
      text: `${asText(canaries, 'canary', 'canaries')} of ${target}: usually answering, and ${remedy}`,
    });
  }
  // Of a target that is nothing but the gateway, its silence is what was asked for.
  if (eyes.seeAnybody || countAddresses(ranges) <= gateways.length) return believed;
  const routers = trusted(gateways, report, witnesses);
  if (routers.length === 0) return believed;
  const remedy = 'silent like everybody else there; mend the way there';
  return blinded(report, {
    witnesses,
    silent: routers,
    text: `${asText(routers, 'gateway', 'gateways')} of ${target}: usually answering, and ${remedy}`,
  });
}

interface Blindness {
  readonly witnesses: Witnesses;
  readonly silent: readonly Device[];
  readonly text: string;
}

function blinded(report: ScanReport, { witnesses: { ranges, blind }, silent, text }: Blindness): Distrust {
  const { coverage } = report;
  const cause = { code: 'canary-silent', text: `asking ${text}` } as const;
  const addresses = subtractRanges(coverage.addresses, ranges);
  return {
    report: { ...report, outcome: 'partial', cause, coverage: { ...coverage, addresses } },
    word: null,
    silent: blind === null ? silent.map(lastPlace) : [],
  };
}

interface Eyes {
  /** Whether whoever is known at an address answered, or somebody did there. */
  readonly answers: (address: Address) => boolean;
  /** Whether anybody of the target answered but this machine. */
  readonly seeAnybody: boolean;
}

function eyesOf(report: ScanReport, { roll, ranges }: Witnesses): Eyes {
  const own = report.observations.filter(isOwn);
  const others = report.observations.filter((one) => !isOwn(one));
  const isHere = ({ addresses }: Device): boolean => addresses.some(({ address }) => isWithin(ranges, address));
  const [isUs, answered] = [answeredIn(own), answeredIn(others)];
  // Who was heard during the look was not silent (law 2).
  const isAwake = (device: Device): boolean => isHere(device) && !isUs(device) && (answered(device) || isHeardIn(report, device));
  const isHolderAwake = (holder: Device | undefined): boolean => holder !== undefined && isAwake(holder);
  return {
    answers: (address) => others.some((one) => one.address === address) || isHolderAwake(holderAt(roll, address)),
    seeAnybody: others.some(({ address }) => isWithin(ranges, address)) || [...roll.devices.values()].some(isAwake),
  };
}

const isOwn = ({ reason }: Observation): boolean => reason === 'localhost-response';

const isHeardIn = ({ startedAt, finishedAt }: ScanReport, { lastSeen }: Device): boolean => lastSeen > startedAt && lastSeen <= finishedAt;

/** Who was seen last at an address. */
function holderAt({ devices }: Roll, wanted: Address): Device | undefined {
  const holders = [...devices.values()].flatMap((device) => {
    const place = device.addresses.find(({ address }) => address === wanted);
    return place ? [{ device, seenAt: place.seenAt }] : [];
  });
  return holders.sort((a, b) => b.seenAt - a.seenAt)[0]?.device;
}

/** Those whose silence means something. Once blind for a canary, a look that did not ask it proves nothing else. */
function trusted(
  addresses: readonly Address[],
  report: ScanReport,
  { roll, cadence, ranges, lookedAt, blind }: Witnesses,
): readonly Device[] {
  const isAsked = (address: Address): boolean => blind?.code === 'canary-silent' || isWithin(report.coverage.addresses, address);
  const isUs = answeredIn(report.observations.filter(isOwn));
  const holders = addresses.filter((address) => isWithin(ranges, address) && isAsked(address)).flatMap((one) => holderAt(roll, one) ?? []);
  return [...new Set(holders)].filter(
    (device) => device.presence !== 'away' && device.lastSeen >= (lookedAt ?? 0) && answersUsually(device, cadence) && !isUs(device),
  );
}

/** As long as a segment that fell silent is waited for: longer than any weekend that a switch is off. */
const GIVEN_UP_AFTER: Millis = 72 * 60 * 60_000;
/** A machine that slept for days has seen nothing of them: so long it must have looked in vain since. */
const LEAST_WATCHED: Millis = 60 * 60_000;

/** It was told long ago, and a look at the whole still sees others: these were taken away for good. */
function isGone(canaries: readonly Device[], { coverage, finishedAt }: ScanReport, { blind, ranges }: Witnesses): boolean {
  const isWhole = countAddresses(subtractRanges(ranges, coverage.addresses)) * 2n < countAddresses(ranges);
  const wasAsked = isWhole && canaries.every((device) => isWithin(coverage.addresses, lastPlace(device)));
  if (!wasAsked || blind === null || finishedAt - blind.since < LEAST_WATCHED) return false;
  return canaries.every(({ lastSeen }) => finishedAt - lastSeen >= GIVEN_UP_AFTER);
}

const givenUp = (target: string, canaries: readonly Device[]): string =>
  `giving up ${asText(canaries, 'canary', 'canaries')} of ${target}: silent for three days, while others there answer; take it out of canary = [...] in the config file, or switch it on`;

function asText(devices: readonly Device[], one: string, more: string): string {
  return `${devices.length === 1 ? one : more} ${devices.map(lastPlace).join(', ')}`;
}

const lastPlace = ({ addresses }: Device): Address => addresses.toSorted((a, b) => b.seenAt - a.seenAt)[0]?.address ?? '';
