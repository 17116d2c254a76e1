import type { Instant } from '../../core/index.ts';
import type { Moment } from '../world/deed.ts';
import { DAY, type Day, habitsOf } from '../world/habits.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { HOME } from './home.ts';
import { monthOf } from './month.ts';
import { OFFICE } from './office.ts';
import { sayingsOf } from './sayings.ts';
import type { Thing } from './thing.ts';
import type { Saying } from './word.ts';

/** A home and an office, and a month of what happened there. The same for the same seed and moment. */
export interface Story {
  readonly seed: string;
  readonly things: readonly Thing[];
  readonly calendar: Calendar;
  /** What happens on a day, out of habit or not, in no order. */
  on(day: Day): readonly Moment[];
  /** What people said in the month, in the order of time. */
  readonly sayings: readonly Saying[];
}

export interface StoryOrder {
  readonly seed: string;
  /** When the month is over. */
  readonly now: Instant;
  /** Folder that channels of the story write to. */
  readonly logs: string;
}

export function tellStory({ seed, now, logs }: StoryOrder): Story {
  const things = [...HOME, ...OFFICE];
  const calendar = calendarOf(now);
  const month = monthOf(calendar);
  return {
    seed,
    things,
    calendar,
    on: (day) => [...habitsOf(things, day, seed), ...month.filter(({ at }) => at >= day.midnight && at < day.midnight + DAY)],
    sayings: sayingsOf(calendar, logs),
  };
}
