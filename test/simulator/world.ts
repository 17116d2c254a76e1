import type { Instant } from '../../src/core/index.ts';
import { AT, HOUR, MINUTE, mac } from '../make/device.ts';
import { between, chanceOf } from './dice.ts';

export const DAY = 24 * HOUR;
/** The network on our wire, and one behind a router. */
export const BLOCK = '10.0.0.0/22';
export const ROUTED = '10.20.0.0/24';
/** The simulated time begins on a Monday at midnight (UTC). */
export const START: Instant = AT - 8 * HOUR;

/** One hardware address and the truth about it. */
export interface Unit {
  /** What it is known by: its hardware address, or its address where a router hides that. */
  readonly key: string;
  readonly mac: string | null;
  readonly name: string | null;
  /** When it was really there: from, until; in order. */
  readonly stays: readonly (readonly [from: Instant, to: Instant])[];
  /** Whether it is awake when asked at a moment, in the nth look. */
  readonly awake: (at: Instant, look: number) => boolean;
  readonly address: (at: Instant) => string;
  /** Further addresses at a moment, as IPv6 gives them. */
  readonly others?: (at: Instant) => readonly string[];
}

export const isThere = ({ stays }: Unit, at: Instant): boolean => stays.some(([from, to]) => from <= at && at < to);

const always = (days: number): Unit['stays'] => [[START - DAY, START + (days + 1) * DAY]];
const addressOf = (n: number): string => `10.0.${Math.floor(n / 250)}.${(n % 250) + 2}`;
const card = (own: string): Pick<Unit, 'key' | 'mac'> => ({ key: own, mac: own });
const hardware = (n: number): string => `00:11:32:00:${[n >> 8, n & 255].map((part) => part.toString(16).padStart(2, '0')).join(':')}`;

/** Wired: it answers whenever it is there. `stays` left out: it always is. */
export function wired(n: number, days: number, stays: Unit['stays'] = always(days)): Unit {
  return { ...card(hardware(n)), name: null, stays, awake: () => true, address: () => addressOf(n) };
}

/** A wired device behind a router. */
function routed(n: number, days: number): Unit {
  const address = `${ROUTED.slice(0, -4)}${n + 1}`;
  return { ...wired(n, days), key: address, mac: null, address: () => address };
}

/** Answers one look of so many, by chance, day and night. */
export function sleeper(
  n: number,
  days: number,
  { one, seed, stays = always(days) }: { one: number; seed: number; stays?: Unit['stays'] },
): Unit {
  return {
    ...card(mac(n)),
    name: `phone-${n}`,
    stays,
    awake: (_, look) => chanceOf(seed, n, look, 7) < 1 / one,
    address: () => addressOf(n),
  };
}

/** Minutes of a day spent out, by a person: work on weekdays, an errand now and then. */
function outings(person: number, day: number, seed: number): (readonly [number, number])[] {
  const dice = (least: number, most: number, what: number): number => between(least, most, seed, person, day, what);
  const work: (readonly [number, number])[] = day % 7 < 5 ? [[dice(7 * 60, 9 * 60, 1), dice(16 * 60, 18.5 * 60, 2)]] : [];
  const errand = chanceOf(seed, person, day, 3) < 0.4;
  const begins = dice(19 * 60, 20 * 60, 4);
  return errand ? [...work, [begins, begins + dice(15, 150, 5)]] : work;
}

function stayings(person: number, days: number, seed: number): Unit['stays'] {
  const stays: [number, number][] = [];
  let since = START - DAY;
  for (let day = 0; day < days; day++) {
    for (const [from, to] of outings(person, day, seed)) {
      stays.push([since, START + day * DAY + from * MINUTE]);
      since = START + day * DAY + to * MINUTE;
    }
  }
  return [...stays, [since, START + (days + 1) * DAY]];
}

/** Sleeps much at night and by the hour in its pocket; gets another address whenever it comes home. */
export function phone(n: number, days: number, seed: number): Unit {
  const stays = stayings(n, days, seed);
  const awake = (at: Instant, look: number): boolean => {
    const hour = Math.floor(((at - START) % DAY) / HOUR);
    return chanceOf(seed, n, look, 8) < (hour < 7 || hour >= 23 ? 1 / 6 : 1 / 2);
  };
  const address = (at: Instant): string => addressOf(300 + n * 3 + (stays.findIndex(([from, to]) => from <= at && at < to) % 3));
  // Privacy: another IPv6 address each day, beside the one of the day before.
  const others = (at: Instant): string[] => [0, 1].map((ago) => `fd00:6::${n.toString(16)}:${Math.floor((at - START) / DAY) + 1 - ago}`);
  return { ...card(mac(n)), name: `phone-${n}`, stays, awake, address, others };
}

/** A phone that makes up another hardware address each day: for the network another device, with the name of the last. */
export function masked(n: number, days: number, seed: number): Unit[] {
  const whole = phone(n, days, seed);
  return Array.from({ length: days }, (_, day) => {
    const [dawn, dusk] = [START + day * DAY, START + (day + 1) * DAY];
    const stays = whole.stays.map(([from, to]) => [Math.max(from, dawn), Math.min(to, dusk)] as const).filter(([from, to]) => from < to);
    return { ...whole, ...card(mac(10_000 + n * 400 + day)), stays };
  });
}

/** A desktop that is switched on for work and off at night. */
function desktop(n: number, days: number, seed: number): Unit {
  const stays = Array.from(
    { length: days },
    (_, day) =>
      [START + day * DAY + between(7, 9.5, seed, n, day, 1) * HOUR, START + day * DAY + between(16, 19, seed, n, day, 2) * HOUR] as const,
  );
  return wired(
    n,
    days,
    stays.filter((_, day) => day % 7 < 5),
  );
}

/** A reboot of some minutes now and then, which is none of a person's business at default settings only while it is short. */
function server(n: number, days: number, seed: number): Unit {
  const reboots = Array.from({ length: days }, (_, day) => START + day * DAY + between(1, 5, seed, n, day, 6) * HOUR).filter(
    (_, day) => chanceOf(seed, n, day, 5) < 1 / 15,
  );
  const ends = [...reboots, START + (days + 1) * DAY];
  const begins = [START - DAY, ...reboots.map((at) => at + 2 * MINUTE)];
  return wired(
    n,
    days,
    begins.map((from, i) => [from, ends[i] as number] as const),
  );
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

/** Phones of people who come once, for an evening. */
export function guests(days: number, seed: number): Unit[] {
  return range(0, days)
    .filter((day) => day % 7 >= 5)
    .flatMap((day) => range(0, 4).map((n) => guest(5000 + day * 4 + n, START + day * DAY + between(17, 19, seed, day, n, 9) * HOUR)));
}

function guest(n: number, from: Instant): Unit {
  const stays = [[from, from + 4 * HOUR]] as const;
  return { ...sleeper(n, 0, { one: 2, seed: n, stays }), address: () => addressOf(500 + (n % 200)) };
}

/** A home whose family has guests, and a rack behind a router. */
export const bigHome = (days: number, seed: number): Unit[] => [
  ...home(days, seed),
  ...guests(days, seed),
  ...range(1, 12).map((n) => routed(n, days)),
];

/** Two adults and a child: what is plugged in, what is carried, and one phone with another face each day. */
export function home(days: number, seed: number): Unit[] {
  return [
    ...range(1, 8).map((n) => server(n, days, seed)),
    ...range(9, 2).map((n) => desktop(n, days, seed)),
    ...range(20, 3).map((n) => phone(n, days, seed)),
    sleeper(30, days, { one: 6, seed }),
    ...masked(31, days, seed),
  ];
}

/** A phone that comes to work with its owner, and sleeps half of the time. */
function visitor(n: number, days: number, seed: number): Unit {
  const at = (day: number, [from, to]: readonly [number, number]): readonly [number, number] => [
    START + day * DAY + from * MINUTE,
    START + day * DAY + to * MINUTE,
  ];
  const stays = Array.from({ length: days }, (_, day) => day).flatMap((day) => {
    const [work] = day % 7 < 5 ? outings(n, day, seed) : [];
    return work ? [at(day, work)] : [];
  });
  return { ...phone(n, days, seed), stays, awake: (_, look) => chanceOf(seed, n, look, 8) < 1 / 2, address: () => addressOf(300 + n) };
}

/** Fifty seats, servers and printers, and as many phones as people. */
export function office(days: number, seed: number): Unit[] {
  return [
    ...range(1, 30).map((n) => server(n, days, seed)),
    ...range(40, 50).map((n) => desktop(n, days, seed)),
    ...range(100, 30).map((n) => visitor(n, days, seed)),
  ];
}

export const lan = (count: number, days: number): Unit[] => range(1, count).map((n) => wired(n, days));
