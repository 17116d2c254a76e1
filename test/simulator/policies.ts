import { DEFAULTS } from '../../src/config/index.ts';
import { type ChangeDraft, type Device, deviceFromFacts, factsOf, type Instant, NO_COVERAGE, type Scan } from '../../src/core/index.ts';
import { compareDevices } from '../../src/diff/index.ts';
import {
  applyScan,
  dampFlapping,
  holdLost,
  judgeOutage,
  leaversOf,
  NO_OUTAGE,
  NOBODY_FLAPS,
  type PresenceRules,
  rollOf,
} from '../../src/inventory/index.ts';
import { presenceRules } from '../../src/watch/presence-rules.ts';
import { RecentLooks } from '../../src/watch/recent-looks.ts';
import { covering, MINUTE } from '../make/device.ts';
import type { Look, Watch } from './trace.ts';
import { START } from './world.ts';

/** One way of judging presence, living through a trace. */
export interface Judge {
  readonly name: string;
  /** What it makes known of a look. */
  look(look: Look): readonly ChangeDraft[];
  devices(): ReadonlyMap<number, Device>;
}

const BLOCK = '10.0.0.0/22';
const COVERS = covering([BLOCK]);
const TAKES = 2000;

/** Rollcall as the keeper puts it together: rules, outage, confirm, fold, flapping. */
export function rollcall(watch: Watch, name = 'learned'): Judge {
  const schedule = [{ plan: 'sweep', cadence: { kind: 'every', every: watch.every } }] as const;
  const spec = { kind: 'ranges', text: BLOCK, ranges: COVERS.addresses } as const;
  const target = { id: 1, site: 'home', spec, schedule, window: null, iface: null, source: 'user', createdAt: START } as const;
  const places = [{ target, ranges: COVERS.addresses }];
  const segments = [{ target: BLOCK, ranges: COVERS.addresses, cadence: watch.every, gateways: ['10.0.0.3'] }];
  let [roll, outage, flaps, looks] = [rollOf('home', [], 0), NO_OUTAGE, NOBODY_FLAPS, new RecentLooks()];
  let watchedSince: Instant = START;
  return {
    name,
    devices: () => roll.devices,
    look({ wall: at, trouble, observations, ask, anew }) {
      if (anew !== null) watchedSince = at;
      if (anew === 'off') {
        roll = rollOf('home', [...roll.devices.values()].map(remembered), roll.lastDevice);
        looks = new RecentLooks();
      }
      const failed = trouble?.kind === 'failed';
      const asked = { observations, coverage: failed ? NO_COVERAGE : COVERS, startedAt: at - TAKES };
      const made = presenceRules({ at, watchedSince, places, policy: DEFAULTS.presence, looks });
      const { drafts, state } = judgeOutage({ roll, report: asked, rules: made, segments, state: outage });
      const { report, rules } = holdLost({ roll, report: asked, rules: made }, segments, state);
      const answered = ask(leaversOf(roll, report, rules).flatMap(({ macs }) => macs.map(({ mac }) => mac)));
      const fold = applyScan(roll, { ...report, observations: [...observations, ...answered] }, rules);
      const told = fold.touched.flatMap(({ before, after }) => compareDevices(before, after));
      const damped = dampFlapping({ state: flaps, drafts: [...drafts, ...told], at, roll });
      [roll, outage, flaps] = [fold.roll, state, damped.state];
      looks.note(scanOf(at, failed), watch.every);
      return damped.drafts;
    },
  };
}

/** As the store gives it back: counts only to the eighth. */
function remembered(device: Device): Device {
  const seenAt = new Map(device.addresses.map((entry) => [entry.address, entry.seenAt]));
  return deviceFromFacts(device, factsOf(device), (address) => seenAt.get(address));
}

function scanOf(at: Instant, failed: boolean): Scan {
  const nothing = { cause: null, vantage: null, tool: null, commands: [], asked: 0, up: 0, changes: 0, run: 1 } as const;
  const coverage = failed ? NO_COVERAGE : COVERS;
  const outcome = failed ? 'failed' : 'complete';
  return {
    id: 1,
    site: 'home',
    target: 1,
    subject: BLOCK,
    plan: 'sweep',
    startedAt: at - TAKES,
    finishedAt: at,
    outcome,
    coverage,
    ...nothing,
  };
}

/** One window for everybody, and an empty list is an empty network: how it was done before, and is elsewhere. */
export function naive(name: string, window: number): Judge {
  let roll = rollOf('home', [], 0);
  return {
    name,
    devices: () => roll.devices,
    look({ wall: at, observations }) {
      const rules: PresenceRules = { at, watchedSince: null, windowOf: () => window, staleAfter: () => 1e12 };
      const fold = applyScan(roll, { observations, coverage: COVERS }, rules);
      roll = fold.roll;
      return fold.touched.flatMap(({ before, after }) => compareDevices(before, after));
    },
  };
}

export const oldSystem = (): Judge => naive('fixed 45 min', 45 * MINUTE);
/** As WatchYourLAN does. */
export const oneMiss = (): Judge => naive('one miss', 0);
