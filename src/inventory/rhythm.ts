import { type Coverage, type Device, type Millis, type Rhythm, roughCount, SILENCE_CLASSES } from '../core/index.ts';
import { coversLastPlaces } from '../diff/index.ts';
import type { PresenceRules } from './presence.ts';

const MINUTE: Millis = 60_000;
/** Looks are never equally long apart; classes begin this much earlier, so that one interval and two never share one. */
const JITTER = 1.1;
/** When so many silences of one class are known, all counts shrink to an eighth: habits older than half a year fade. */
const FULL = 8 ** 6;
/** Who was called away and came back counts as so many: a wrong call teaches more than a silence. */
const LESSON = 8;
/** Passive sightings come at any moment; only a silence this long says that looks were missed. */
const TOLD_IN_PASSING: Millis = 4 * MINUTE;

/** Which class of {@link Rhythm} a silence belongs to. */
export function classOf(silence: Millis): number {
  const minutes = (silence * JITTER) / MINUTE;
  return minutes < 1 ? 0 : Math.min(SILENCE_CLASSES - 1, 1 + Math.floor(Math.log2(minutes)));
}

/** One more than there are classes: where the last one ends. */
const SHORTEST: readonly Millis[] = Array.from({ length: SILENCE_CLASSES + 1 }, (_, k) => (k === 0 ? 0 : (MINUTE * 2 ** (k - 1)) / JITTER));
/** The shortest silence of a class. */
export const shortestOf = (silenceClass: number): Millis => SHORTEST[silenceClass] as Millis;

/** How many looks at least fall into a silence of this class and were missed. */
export const missedLooks = (silenceClass: number, cadence: Millis): number =>
  Math.max(0, Math.ceil(shortestOf(silenceClass) / cadence - 1e-9) - 1);

interface Look {
  readonly coverage: Coverage;
  readonly rules: PresenceRules;
}

/**
 * The rhythm of a device that was just seen again. A silence counts when somebody watched all through it and looked
 * where the device was: nobody knows what it did while the daemon was off, the machine slept or the vantage was blind.
 */
export function learnRhythm(device: Device, { coverage, rules }: Look, teaches: (device: Device) => boolean): Rhythm | null {
  const silence = rules.at - device.lastSeen;
  if (silence <= 0 || rules.watchedSince === null) return device.rhythm;
  if (Math.max(rules.watchedSince, rules.taughtSince?.(device) ?? 0) > device.lastSeen) return device.rhythm;
  const overheard = coverage.addresses.length === 0;
  if (overheard ? silence < TOLD_IN_PASSING : !coversLastPlaces(coverage, device.addresses, rules.isAsked)) return device.rhythm;
  return counted(device.rhythm, classOf(silence), device.presence === 'away' && teaches(device) ? LESSON : 1);
}

function counted(rhythm: Rhythm | null, silenceClass: number, weight: number): Rhythm {
  const silences = rhythm?.silences.slice() ?? [];
  while (silences.length < SILENCE_CLASSES) silences.push(0);
  silences[silenceClass] = (silences[silenceClass] ?? 0) + weight;
  return { silences: (silences[silenceClass] ?? 0) < FULL ? silences : silences.map((count) => Math.floor(count / 8)) };
}

/** Whether two rhythms are remembered alike: most counts change nothing. */
export function sameRhythm(a: Rhythm | null, b: Rhythm | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.silences.length !== b.silences.length) return false;
  return a.silences.every((count, k) => count === b.silences[k] || roughCount(count) === roughCount(b.silences[k] ?? 0));
}

/** Whether a device that is asked this often answers nearly always: seven of eight silences hold no missed look. */
export function answersUsually({ rhythm }: Device, cadence: Millis): boolean {
  const prompt = classOf(cadence);
  let [all, missed] = [0, 0];
  for (const [k, count] of (rhythm?.silences ?? []).entries()) {
    all += count;
    if (k > prompt) missed += count;
  }
  return all >= FIRST_ANSWERS && missed * 8 <= all;
}

/** Answered looks before a device counts as one that answers. */
export const FIRST_ANSWERS = 5;
