import { type Address, type Instant, isWithin, type Millis, type Network, type Scan, type Target, type TargetId } from '../core/index.ts';
import type { Grounds } from './gates.ts';
import type { Surroundings, WatcherParts } from './outside.ts';
import { overlap, type Place, type Places } from './places.ts';
import { cadenceOf } from './presence-rules.ts';
import type { RecentLooks } from './recent-looks.ts';
import { leavesAdrift } from './standing.ts';
import type { Vigil } from './vigil.ts';

export interface GroundParts {
  readonly outside: Pick<WatcherParts, 'surroundings'>;
  readonly places: Places;
  readonly looks: Pick<RecentLooks, 'intervalOf' | 'starts'>;
  readonly vigil: Pick<Vigil, 'codeOf' | 'blindSince' | 'since' | 'restored'>;
  /** Targets whose network was looked at before. */
  readonly familiar: ReadonlySet<TargetId>;
}

/** The watched networks as the gates see them: each target is one. */
export function groundsOf({ outside: { surroundings }, places, looks, familiar, vigil }: GroundParts): Grounds {
  const gateways = (): readonly Address[] => surroundings.gateways();
  /** What is lost or leads elsewhere is the wire, and so all that lies on it. */
  const blindOnWire = (place: Place): Instant | null => {
    const blind = onWireOf(place, { places: places.all, surroundings }).filter((one) => leavesAdrift(vigil.codeOf(one.target.spec.text)));
    return blind.length === 0 ? null : Math.min(...blind.map((one) => vigil.blindSince(one.target.spec.text) ?? 0));
  };
  const adriftUntil = (place: Place): Instant | null => {
    const ends = onWireOf(place, { places: places.all, surroundings }).flatMap((one) => vigil.restored(one.target.spec.text) ?? []);
    const found = ends.filter(({ code }) => leavesAdrift(code)).map(({ until }) => until);
    return found.length === 0 ? null : Math.max(...found);
  };
  /** Whoever sleeps or was off may wake up anywhere: until the first sweep has seen where. */
  const unseenSince = ({ target }: Place, at: Instant): Instant | null => {
    const begun = vigil.since([], at);
    const wasSeen = begun === null || (looks.starts([target.id])[0] ?? 0) >= begun;
    return wasSeen || !familiar.has(target.id) || !isSwept(target) || at - begun >= FIRST_SWEEP ? null : begun;
  };
  return {
    gateways,
    segmentsAt: (ranges) =>
      places.at(ranges).map((place) => ({
        target: place.target.spec.text,
        ranges: place.ranges,
        cadence: Math.max(sweepCadence(place.target), looks.intervalOf(place.target.id)),
        gateways: gateways().filter((address) => isWithin(place.ranges, address)),
        swept: isSwept(place.target),
      })),
    networkFinder: (scan) => {
      const all = places.all;
      const usual = lookedAt(scan, all) ?? heardOn(scan.subject, all, surroundings.networks()) ?? scan.subject;
      return (address) => all.find((place) => isWithin(place.ranges, address))?.target.spec.text ?? usual;
    },
    isWatched: (network) => places.all.some(({ target }) => target.spec.text === network),
    adriftSince: (network, at) => {
      const place = places.all.find(({ target }) => target.spec.text === network);
      return place === undefined ? null : (blindOnWire(place) ?? unseenSince(place, at));
    },
    adriftUntil: (network) => {
      const place = places.all.find(({ target }) => target.spec.text === network);
      return place === undefined ? null : adriftUntil(place);
    },
    isFamiliar: (network) => places.all.some(({ target }) => target.spec.text === network && familiar.has(target.id)),
  };
}

const isSwept = ({ schedule }: Target): boolean => schedule.some(({ plan }) => plan === 'sweep');

/** So long the first sweep is waited for; one that comes later, or never, holds nobody back. */
const FIRST_SWEEP: Millis = 2 * 60_000;

/** The watched places on the same wire as this one, with it. */
export function onWireOf(
  place: Place,
  { places, surroundings }: { readonly places: readonly Place[]; readonly surroundings: Pick<Surroundings, 'ifaceOf'> },
): readonly Place[] {
  const wireOf = ({ ranges: [first] }: Place): string | null => (first ? surroundings.ifaceOf(first) : null);
  const wire = wireOf(place);
  return wire === null ? [place] : places.filter((one) => wireOf(one) === wire);
}

/** An address in no target, as IPv6 ones mostly are, was seen where the scan looked. */
const lookedAt = ({ target }: Pick<Scan, 'target'>, places: readonly Place[]): string | null =>
  places.find((place) => place.target.id === target)?.target.spec.text ?? null;

/** What was heard on a wire belongs to the target that lies on it. */
function heardOn(iface: string, places: readonly Place[], networks: readonly Network[]): string | null {
  const near = networks.filter((network) => network.iface === iface).map(({ range }) => range);
  return places.find(({ ranges }) => overlap(ranges, near))?.target.spec.text ?? null;
}

/** How often it is swept; a target without a sweep is looked at as often as its plans say. */
function sweepCadence(target: Target): number {
  const sweeps = target.schedule.filter(({ plan }) => plan === 'sweep');
  return cadenceOf(sweeps.length > 0 ? { ...target, schedule: sweeps } : target);
}
