import type { Instant, Millis } from '../../core/index.ts';
import { between, chance } from '../dice.ts';
import type { Habit, Thing } from '../story/thing.ts';
import type { Moment } from './deed.ts';

export const MINUTE: Millis = 60_000;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;

/** A day of the story: its midnight, and which day of the week it is (0: Sunday). */
export interface Day {
  readonly midnight: Instant;
  readonly weekday: number;
}

/** Comings and goings of one day, out of habit, in no order. The same for the same seed and day. */
export function habitsOf(things: readonly Thing[], day: Day, seed: string): Moment[] {
  return things.flatMap(({ key, habit }) =>
    awayOrHere(habit, { key, day, seed }).map(([at, kind]): Moment => ({ at: day.midnight + at, deed: { kind, thing: key } })),
  );
}

interface Asked {
  readonly key: string;
  readonly day: Day;
  readonly seed: string;
}

type Turn = readonly [at: Millis, kind: 'comes' | 'goes'];

function awayOrHere(habit: Habit, { key, day, seed }: Asked): Turn[] {
  if (habit.kind === 'with') return outings(habit.person, day, seed).flatMap((out) => outing(out, chance(seed, key) * 40_000));
  if (habit.kind !== 'hours' || !habit.days.includes(day.weekday)) return [];
  const dither = (what: string): number => between(-12, 12, seed, key, what, day.midnight) * MINUTE;
  return [
    [habit.on * HOUR + dither('on'), 'comes'],
    [Math.min(habit.off * HOUR + dither('off'), DAY - MINUTE), 'goes'],
  ];
}

/** All that one person carries goes within a minute. */
const outing = ([from, to]: readonly [Millis, Millis], late: Millis): Turn[] => [
  [from + late, 'goes'],
  [to + late, 'comes'],
];

/** When somebody is out on a day: work or school on weekdays, an errand now and then, a trip at weekends. */
export function outings(person: string, { midnight, weekday }: Day, seed: string): (readonly [Millis, Millis])[] {
  const dice = (least: number, most: number, what: string): Millis => between(least, most, seed, person, midnight, what) * HOUR;
  const isWeekend = weekday === 0 || weekday === 6;
  const evening = dice(18.8, 19.6, 'errand');
  const errand = chance(seed, person, midnight, 'goes out') < 0.35 ? [[evening, evening + dice(0.4, 2.4, 'stays out')] as const] : [];
  if (isWeekend) return [[dice(10, 11.5, 'trip'), dice(13, 17, 'back')] as const, ...errand];
  return [[dice(7.1, 8.8, 'work'), dice(15.2, 18.4, 'home')] as const, ...errand];
}
