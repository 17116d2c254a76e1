import {
  type Address,
  type AddressRange,
  type AddressValue,
  type Instant,
  type Millis,
  type Observation,
  parseAddress,
  rangesHold,
  type Sighting,
} from '../../src/core/index.ts';
import { HOUR, name, seen } from '../make/device.ts';
import { between, chanceOf } from './dice.ts';
import { strangersHeard, strangersOf } from './strangers.ts';
import { DAY, isThere, START, type Unit } from './world.ts';

/** What befalls the one who looks, or the network. */
export interface Trouble {
  /**
   * failed: the scan knows that it failed. blind: it says all is well and nobody answers. suspended, off: nobody looks.
   * clock: the wall clock stands wrong by `shift`. lost: all devices but the gateway cannot be reached. proxy: the gateway
   * answers for every address. flood: 256 new hardware addresses every other look. duplicate: a second card has the second
   * device's address.
   */
  readonly kind: 'failed' | 'blind' | 'suspended' | 'off' | 'clock' | 'lost' | 'proxy' | 'flood' | 'duplicate';
  readonly from: Instant;
  readonly to: Instant;
  readonly shift?: Millis;
}

/** How a network is looked at. */
export interface Watch {
  readonly seed: number;
  readonly days: number;
  readonly every: Millis;
  /** Chance that one question or its answer is lost; a look asks so often, and a confirming one so often. */
  readonly loss: number;
  readonly tries?: number;
  readonly confirms?: number;
  readonly troubles?: readonly Trouble[];
  /** What is swept; the network on our wire when left out. */
  readonly targets?: readonly string[];
  /** What arrivals announce is heard. */
  readonly listens?: boolean;
}

/** One look: what really is, and what comes back. */
export interface Look {
  readonly nth: number;
  /** True time. */
  readonly at: Instant;
  /** How far the wall clock is wrong. */
  readonly shift: Millis;
  readonly trouble: Trouble | null;
  /** Who was heard since the look before, in order and true time. */
  readonly heard: readonly Sighting[];
  /** Asks these addresses, each as often as a look does, or a confirming one. */
  readonly ask: (ranges: readonly AddressRange[], thorough: boolean) => readonly Observation[];
  /** Watching began anew before this look: the machine slept, the daemon was off. */
  readonly anew: 'suspended' | 'off' | null;
}

/** All looks at a network, one after another. */
export function* trace(units: readonly Unit[], watch: Watch): Generator<Look> {
  const { seed, every, tries = 2, confirms = 6 } = watch;
  let before: { at: Instant; trouble: Trouble | null } = { at: START, trouble: null };
  for (let nth = 0; nth * every < watch.days * DAY; nth++) {
    const at = START + nth * every + between(0, Math.min(every / 12, 5000), seed, nth, 11);
    const trouble = watch.troubles?.find(({ from, to }) => from <= at && at < to) ?? null;
    const since = before;
    before = { at, trouble };
    if (isAsleep(trouble)) continue;
    const answers = (unit: Unit, n: number, often: number): boolean =>
      isThere(unit, at) &&
      unit.awake(at, nth) &&
      isReached(trouble, unit, units) &&
      chanceOf(seed, n, nth, often, 12) >= watch.loss ** often;
    yield {
      nth,
      at,
      shift: trouble?.kind === 'clock' ? (trouble.shift ?? HOUR) : 0,
      trouble,
      anew: isAsleep(since.trouble) ? since.trouble.kind : null,
      heard: watch.listens && !isAsleep(since.trouble) ? heardIn({ units, trouble, nth }, since.at, at) : [],
      ask: (ranges, thorough) => [
        ...units
          .filter((unit, n) => isAt(ranges, unit.address(at)) && answers(unit, n, thorough ? confirms : tries))
          .flatMap((unit) => observationsOf(unit, at)),
        ...strangersOf(trouble, { units, ranges, nth, at }),
      ],
    };
  }
}

/** Every look asks for the same few addresses. */
const values = new Map<Address, AddressValue | undefined>();
function isAt(ranges: readonly AddressRange[], address: Address): boolean {
  if (!values.has(address)) values.set(address, parseAddress(address));
  const value = values.get(address);
  return value !== undefined && rangesHold(ranges, value);
}

const isAsleep = (trouble: Trouble | null): trouble is Trouble & { kind: 'suspended' | 'off' } =>
  trouble?.kind === 'suspended' || trouble?.kind === 'off';

/** A sweep sees whoever answers at its address, and with it the other addresses of the same card. */
function observationsOf(unit: Unit, at: Instant): Observation[] {
  const names = unit.name === null ? null : [name(unit.name, 'dhcp')];
  const first = { ...seen(unit.address(at)), mac: unit.mac, names, seenAt: at };
  return [first, ...(unit.others?.(at) ?? []).map((address) => ({ ...first, address, names: null }))];
}

interface Scene {
  readonly units: readonly Unit[];
  readonly trouble: Trouble | null;
  readonly nth: number;
}

/** Whoever comes asks for an address, and says once that it has it. */
function heardIn({ units, trouble, nth }: Scene, since: Instant, until: Instant): Sighting[] {
  const arrived = units.flatMap((unit) => {
    const stay = unit.mac !== null && isReached(trouble, unit, units) && unit.stays.find(([from]) => from > since && from <= until);
    return stay ? [arrivalOf({ ...unit, mac: unit.mac }, stay[0])] : [];
  });
  return [...arrived, ...strangersHeard(trouble, { nth, since, until })].sort((a, b) => a.at - b.at);
}

function arrivalOf(unit: Unit & { readonly mac: string }, at: Instant): Sighting {
  const names = unit.name === null ? [] : [name(unit.name, 'dhcp')];
  const address = unit.address(at);
  return { at, iface: 'eth0', way: 'dhcp', mac: unit.mac, address, names, clues: [], line: `dhcp request for ${address}` };
}

function isReached(trouble: Trouble | null, unit: Unit, units: readonly Unit[]): boolean {
  if (trouble?.kind === 'failed' || trouble?.kind === 'blind') return false;
  return trouble?.kind !== 'lost' || unit === units[0];
}
