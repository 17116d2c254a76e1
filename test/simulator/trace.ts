import type { Instant, Millis, Observation } from '../../src/core/index.ts';
import { HOUR, name, seen } from '../make/device.ts';
import { between, chanceOf } from './dice.ts';
import { DAY, isThere, START, type Unit } from './world.ts';

/** What befalls the one who looks, or the network. */
export interface Trouble {
  /**
   * failed: the scan knows that it failed. blind: it says all is well and nobody answers. suspended, off: nobody looks.
   * clock: the wall clock stands wrong by `shift`. lost: all devices but the gateway cannot be reached.
   */
  readonly kind: 'failed' | 'blind' | 'suspended' | 'off' | 'clock' | 'lost';
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
}

/** One look: what really is, and what came back. */
export interface Look {
  readonly nth: number;
  /** True time. */
  readonly at: Instant;
  /** What the wall clock says. */
  readonly wall: Instant;
  readonly trouble: Trouble | null;
  readonly observations: readonly Observation[];
  /** Asks these hardware addresses directly; gives those who answered. */
  readonly ask: (macs: readonly string[]) => readonly Observation[];
  /** Watching began anew before this look: the machine slept, the daemon was off, the clock was set. */
  readonly anew: 'suspended' | 'off' | 'clock' | null;
}

/** All looks at a network, one after another. */
export function* trace(units: readonly Unit[], watch: Watch): Generator<Look> {
  const { seed, every, tries = 2, confirms = 6 } = watch;
  const byMac = new Map(units.map((unit) => [unit.mac, unit]));
  let before: Trouble | null = null;
  for (let nth = 0; nth * every < watch.days * DAY; nth++) {
    const at = START + nth * every + between(0, Math.min(every / 12, 5000), seed, nth, 11);
    const trouble = watch.troubles?.find(({ from, to }) => from <= at && at < to) ?? null;
    const anew = begunAnew(before, trouble);
    before = trouble;
    if (trouble?.kind === 'suspended' || trouble?.kind === 'off') continue;
    const answers = (unit: Unit, n: number, often: number): boolean =>
      isThere(unit, at) &&
      unit.awake(at, nth) &&
      isReached(trouble, unit, units) &&
      chanceOf(seed, n, nth, often, 12) >= watch.loss ** often;
    const observe = (unit: Unit): Observation => ({
      ...seen(unit.address(at)),
      mac: unit.mac,
      names: unit.name === null ? null : [name(unit.name, 'dhcp')],
    });
    const numbered = new Map(units.map((unit, n) => [unit, n]));
    yield {
      nth,
      at,
      wall: at + (trouble?.kind === 'clock' ? (trouble.shift ?? HOUR) : 0),
      trouble,
      anew,
      observations: units.filter((unit, n) => answers(unit, n, tries)).map(observe),
      ask: (macs) =>
        macs
          .flatMap((mac) => byMac.get(mac) ?? [])
          .filter((unit) => answers(unit, numbered.get(unit) ?? 0, confirms))
          .map(observe),
    };
  }
}

function isReached(trouble: Trouble | null, unit: Unit, units: readonly Unit[]): boolean {
  if (trouble?.kind === 'failed' || trouble?.kind === 'blind') return false;
  return trouble?.kind !== 'lost' || unit === units[0];
}

function begunAnew(before: Trouble | null, now: Trouble | null): Look['anew'] {
  if (before?.kind === 'clock' || now?.kind === 'clock') return before === now ? null : 'clock';
  return before !== now && (before?.kind === 'suspended' || before?.kind === 'off') ? before.kind : null;
}
