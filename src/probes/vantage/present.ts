import { type AddressRange, type Observation, rangesOf } from '../../core/index.ts';

/** What a look that asks for nothing but presence leaves open. */
export const PRESENT = { names: null, ports: [], unlisted: [], timedOut: false, os: null } as const;

/** Where they were seen. */
export const placesOf = (observations: readonly Observation[]): AddressRange[] => rangesOf(observations.map(({ address }) => address));
