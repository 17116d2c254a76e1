import { type ChangeDraft, type Device, type Instant, isWithin } from '../../src/core/index.ts';
import { compareDevices } from '../../src/diff/index.ts';
import { applyScan, type PresenceRules, rollOf } from '../../src/inventory/index.ts';
import { covering, MINUTE } from '../make/device.ts';
import type { Look } from './trace.ts';
import { BLOCK, ROUTED } from './world.ts';

/** What was made known, and when in true time. */
export interface Telling {
  readonly at: Instant;
  readonly draft: Pick<ChangeDraft, 'kind' | 'device' | 'after'>;
}

/** One way of judging presence, living through a trace. */
export interface Judge {
  readonly name: string;
  /** What it makes known of a look, and of what was heard before it. */
  look(look: Look): Promise<readonly Telling[]> | readonly Telling[];
  devices(): ReadonlyMap<number, Device>;
}

const COVERS = covering([BLOCK, ROUTED]);
const isAsked = (address: string): boolean => isWithin(COVERS.addresses, address);

/** One window for everybody, and an empty list is an empty network: how it was done before, and is elsewhere. */
export function naive(name: string, window: number): Judge {
  let roll = rollOf('home', [], 0);
  return {
    name,
    devices: () => roll.devices,
    look({ at, shift, ask }) {
      const rules: PresenceRules = { at: at + shift, watchedSince: null, windowOf: () => window, staleAfter: () => 1e12, isAsked };
      const fold = applyScan(roll, { observations: ask(COVERS.addresses, false), coverage: COVERS }, rules);
      roll = fold.roll;
      return fold.touched.flatMap(({ before, after }) => compareDevices(before, after)).map((draft) => ({ at, draft }));
    },
  };
}

export const oldSystem = (): Judge => naive('fixed 45 min', 45 * MINUTE);
/** As WatchYourLAN does. */
export const oneMiss = (): Judge => naive('one miss', 0);
