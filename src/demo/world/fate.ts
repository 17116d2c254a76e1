import type { Clock, Instant, StopSignal } from '../../core/index.ts';
import type { Moment } from './deed.ts';
import { DAY, type Day } from './habits.ts';
import type { World } from './world.ts';

export interface FateParts {
  readonly clock: Clock;
  readonly world: World;
  /** What happens on a day; asked once for each. */
  readonly on: (day: Day) => readonly Moment[];
  /** Midnight of the first day. Whatever lies before the clock's own time by then happens at once. */
  readonly from: Instant;
}

/** Lets happen what is to happen, day by day, until the signal stops. */
export async function fulfil({ clock, world, on, from }: FateParts, signal: StopSignal): Promise<void> {
  for (let midnight = from; !signal.aborted; midnight += DAY) {
    const moments = [...on({ midnight, weekday: new Date(midnight).getDay() })].sort((a, b) => a.at - b.at);
    for (const { at, deed } of moments) {
      await until(clock, at, signal);
      if (signal.aborted) return;
      world.apply(deed);
    }
    await until(clock, midnight + DAY, signal);
  }
}

async function until(clock: Clock, at: Instant, signal: StopSignal): Promise<void> {
  const left = at - clock.now();
  if (left > 0) await clock.sleep(left, signal);
}
