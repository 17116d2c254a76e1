import { type Address, isWithin, type Network, type Scan, type Target, type TargetId } from '../core/index.ts';
import type { Grounds } from './gates.ts';
import type { WatcherParts } from './outside.ts';
import { overlap, type Place, type Places } from './places.ts';
import { cadenceOf } from './presence-rules.ts';
import type { RecentLooks } from './recent-looks.ts';
import { isAdrift } from './standing.ts';
import type { Vigil } from './vigil.ts';

export interface GroundParts {
  readonly outside: Pick<WatcherParts, 'surroundings'>;
  readonly places: Places;
  readonly looks: Pick<RecentLooks, 'intervalOf'>;
  readonly vigil: Pick<Vigil, 'codeOf'>;
  /** Targets whose network was looked at before. */
  readonly familiar: ReadonlySet<TargetId>;
}

/** The watched networks as the gates see them: each target is one. */
export function groundsOf({ outside: { surroundings }, places, looks, familiar, vigil }: GroundParts): Grounds {
  const gateways = (): readonly Address[] => surroundings.gateways();
  return {
    gateways,
    segmentsAt: (ranges) =>
      places.at(ranges).map((place) => ({
        target: place.target.spec.text,
        ranges: place.ranges,
        cadence: Math.max(sweepCadence(place.target), looks.intervalOf(place.target.id)),
        gateways: gateways().filter((address) => isWithin(place.ranges, address)),
        swept: place.target.schedule.some(({ plan }) => plan === 'sweep'),
      })),
    networkFinder: (scan) => {
      const all = places.all;
      const usual = lookedAt(scan, all) ?? heardOn(scan.subject, all, surroundings.networks()) ?? scan.subject;
      return (address) => all.find((place) => isWithin(place.ranges, address))?.target.spec.text ?? usual;
    },
    isWatched: (network) => places.all.some(({ target }) => target.spec.text === network),
    isAdrift: (network) => isAdrift(vigil.codeOf(network)),
    isFamiliar: (network) => places.all.some(({ target }) => target.spec.text === network && familiar.has(target.id)),
  };
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
