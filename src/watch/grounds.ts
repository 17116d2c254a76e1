import { type Address, isWithin, type Target, type TargetId } from '../core/index.ts';
import type { Grounds } from './gates.ts';
import type { WatcherParts } from './outside.ts';
import type { Places } from './places.ts';
import { cadenceOf } from './presence-rules.ts';

export interface GroundParts {
  readonly outside: Pick<WatcherParts, 'surroundings'>;
  readonly places: Places;
  /** Targets whose network was swept before. */
  readonly familiar: ReadonlySet<TargetId>;
}

/** The watched networks as the gates see them: each target is one. */
export function groundsOf({ outside, places, familiar }: GroundParts): Grounds {
  const gateways = (): readonly Address[] => outside.surroundings.gateways();
  return {
    gateways,
    segmentsAt: (ranges) =>
      places.at(ranges).map((place) => ({
        target: place.target.spec.text,
        ranges: place.ranges,
        cadence: sweepCadence(place.target),
        gateways: gateways().filter((address) => isWithin(place.ranges, address)),
      })),
    networkFinder: () => {
      const all = places.all;
      return (address) => all.find((place) => isWithin(place.ranges, address))?.target.spec.text ?? null;
    },
    isFamiliar: (network) => places.all.some(({ target }) => target.spec.text === network && familiar.has(target.id)),
  };
}

/** How often it is swept; a target without a sweep is looked at as often as its plans say. */
function sweepCadence(target: Target): number {
  const sweeps = target.schedule.filter(({ plan }) => plan === 'sweep');
  return cadenceOf(sweeps.length > 0 ? { ...target, schedule: sweeps } : target);
}
