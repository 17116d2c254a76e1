import { type Device, formatDuration, type Millis } from '../core/index.ts';
import { restlessness } from './presence-restless.ts';
import { classOf, FIRST_ANSWERS, missedLooks, shortestOf } from './rhythm.ts';

/** What tolerance is judged by at one place. */
export interface Terms {
  /** A window somebody chose, and whose it is; null lets the device's own rhythm decide. */
  readonly chosen: { readonly window: Millis; readonly by: 'target' | 'site' } | null;
  /** How often it is looked at; 0: by no schedule, and then nothing is learned. */
  readonly cadence: Millis;
  /** What holds for devices of which too little is known: 45 minutes, or two intervals if those are longer. */
  readonly usual: Millis;
  readonly floor: Millis;
  readonly ceiling: Millis;
}

/** How long a device may keep quiet, and why. */
export interface Tolerance {
  readonly window: Millis;
  /** It is usually silent for longer than others may be. */
  readonly sleeper: boolean;
  readonly reason: string;
}

/** The window alone, for whoever asks for 10,000 devices each minute. */
export function windowOf(device: Device, terms: Terms): Millis {
  return device.labels.window ?? terms.chosen?.window ?? learn(device, terms).window;
}

export function toleranceOf(device: Device, terms: Terms): Tolerance {
  const { labels } = device;
  if (labels.window !== null) return fixed(labels.window, 'somebody chose it for this device');
  if (terms.chosen) return fixed(terms.chosen.window, terms.chosen.by === 'target' ? 'chosen for its target' : 'the [presence] window');
  const learned = learn(device, terms);
  return { window: learned.window, sleeper: learned.sleeper, reason: reasonFor(device, learned) };
}

const fixed = (window: Millis, reason: string): Tolerance => ({ window, sleeper: false, reason });

type Basis = 'stranger' | 'careful' | 'answers' | 'silences' | 'ceiling';

interface Learned {
  readonly window: Millis;
  readonly sleeper: boolean;
  readonly basis: Basis;
  /** Answered looks and passive ends of silences it rests on. */
  readonly heard: number;
  /** The longest silence that is a habit. */
  readonly habit: Millis;
}

/**
 * How rare a silence must be to be none of the device's own. One that is asleep does not answer a confirming look
 * either, so for those the tolerance alone must do.
 */
const RARE = { restless: 1e-6, others: 1e-4 } as const;
const DAY: Millis = 86_400_000;

function learn(device: Device, terms: Terms): Learned {
  const known = device.rhythm?.silences ?? [];
  const { heard, watched } = heardOf(known, terms);
  const nothing = { window: terms.usual, sleeper: false, heard, habit: 0 };
  if (heard < FIRST_ANSWERS || terms.cadence === 0) return { ...nothing, basis: 'stranger' };
  const restless = restlessness(device) !== null;
  const { looks, habit } = looksFor(known, { ...terms, heard, rare: restless ? RARE.restless : RARE.others });
  const asked = Math.max(terms.floor, (looks - EARLY) * terms.cadence);
  const sleeper = habit > terms.floor;
  if (restless && watched < DAY && asked < terms.usual) return { ...nothing, basis: 'careful', sleeper, habit };
  const window = Math.min(asked, terms.ceiling);
  return { window, sleeper, heard, habit, basis: basisOf(asked, terms) };
}

const basisOf = (asked: Millis, { floor, ceiling }: Terms): Basis => (asked > ceiling ? 'ceiling' : asked > floor ? 'silences' : 'answers');

/** Looks are never equally long apart: a window ends a little before the look that it means. */
const EARLY = 0.1;

/** How many silences are known that are none of an absence, and how long they were together at least. */
function heardOf(known: readonly number[], { cadence, ceiling }: Terms): { heard: number; watched: Millis } {
  let [heard, watched] = [0, 0];
  for (const [k, count] of known.entries()) {
    if (count === 0 || shortestOf(k) >= ceiling) continue;
    heard += count;
    watched += count * Math.max(shortestOf(k), Math.min(cadence, shortestOf(k + 1)));
  }
  return { heard, watched };
}

/**
 * After how many missed looks a silence is so rare that it is none of the device's own. The longest silences that are
 * frequent enough to be a habit say how the rest of them would be spread if each look met it by chance; the class
 * after them, which is rare or empty, sets a bound where the habit is regular rather than chance.
 */
function looksFor(
  known: readonly number[],
  { cadence, ceiling, heard, rare }: Terms & { readonly heard: number; readonly rare: number },
): { looks: number; habit: Millis } {
  const first = classOf(cadence) + 1; // the shortest silence that holds a missed look
  let [longest, longer, beyond] = [first - 1, 0, 0];
  for (let k = known.length - 1; k >= first; k--) {
    if (shortestOf(k) >= ceiling) continue;
    beyond += known[k] ?? 0;
    if (beyond >= heard * 2 * Math.sqrt(rare)) {
      longest = k;
      break;
    }
    longer = beyond;
  }
  const looksUntil = (k: number, count: number): number => (missedLooks(k, cadence) * Math.log(rare)) / Math.log(count / heard);
  const bound = looksUntil(longest + 1, Math.max(longer, 0.5));
  if (longest < first) return { looks: Math.ceil(bound), habit: 0 };
  const chance = beyond >= heard ? Number.POSITIVE_INFINITY : looksUntil(longest, beyond);
  return { looks: Math.ceil(Math.min(chance, bound)), habit: shortestOf(longest) };
}

function reasonFor(device: Device, { basis, heard, habit, window }: Learned): string {
  const length = formatDuration(Math.round(window / 1000) * 1000);
  const often = formatDuration(Math.round(habit / 60_000) * 60_000);
  const reasons: Readonly<Record<Basis, string>> = {
    stranger: `it answered ${heard} times so far: ${length} until it is known better`,
    careful: `${restlessness(device)}, and it was not watched for a day yet: ${length} until then`,
    answers: `it nearly always answers, as ${heard} looks showed: three missed ones are enough`,
    silences: `it is often silent for ${often} and more, as ${heard} silences showed: only ${length} are rare enough`,
    ceiling: `it is often silent for ${often} and more, as ${heard} silences showed: ${length} is the most anybody gets`,
  };
  return reasons[basis];
}
