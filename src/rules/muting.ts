import type { Instant, Mute, Rule, Upkeep } from '../core/index.ts';
import type { Circumstances, Quiet } from './conditions.ts';
import type { Happening, Terms } from './terms.ts';

/** What is told later, and why. */
export interface Later {
  readonly until: Instant;
  readonly because: string;
}

export interface Muting {
  /** null: nothing keeps it silent. */
  readonly quiet: Quiet | null;
  /** null: no maintenance puts it off. */
  readonly later: Later | null;
}

interface Covered {
  readonly terms: Pick<Terms, 'mutes' | 'upkeep'>;
  readonly rule: Pick<Rule, 'name'>;
  readonly happening: Happening;
}

/** What keeps a change silent, and what puts off telling it, for a rule. Both count from when it happened. */
export function mutingOf(covered: Covered, circumstances: Circumstances): Muting {
  const mutes = covered.terms.mutes.filter((mute) => covers(mute, covered));
  const mute = mutes.find(({ kind, until }) => kind === 'mute' || until === null);
  const later = [
    ...mutes.flatMap((one) => laterOf(one, circumstances) ?? []),
    ...covered.terms.upkeep.flatMap((one) => upkeepOf(one, covered.happening, circumstances) ?? []),
  ];
  return { quiet: mute ? quietOf(mute, circumstances) : null, later: later.sort((a, b) => b.until - a.until)[0] ?? null };
}

/** Whether any maintenance is on. */
export function isMaintained({ mutes, upkeep }: Pick<Terms, 'mutes' | 'upkeep'>, at: Instant, { face }: Circumstances): boolean {
  return mutes.some((mute) => mute.kind === 'maintenance' && isOn(mute, at)) || upkeep.some(({ hours }) => face.holdAt(hours, at) !== null);
}

function quietOf({ id, until, why, by }: Mute, { time }: Circumstances): Quiet {
  const end = until === null ? 'until somebody ends it' : `until ${time(until)}`;
  const who = by === null ? '' : ` by ${by}`;
  return { reason: 'muted', text: `muted ${end}${who} (mute ${id})${why === null ? '' : `: ${why}`}` };
}

function laterOf({ kind, until, why }: Mute, { time }: Circumstances): Later | null {
  if (kind !== 'maintenance' || until === null) return null;
  return { until, because: `maintenance until ${time(until)}${why === null ? '' : `: ${why}`}` };
}

function upkeepOf({ name, hours, where, why }: Upkeep, happening: Happening, { face, time }: Circumstances): Later | null {
  const hold = face.holdAt(hours, happening.change.at);
  if (hold === null || (where !== null && !fits(happening, where))) return null;
  return { until: hold.until, because: `maintenance ${name} (${hold.text}) until ${time(hold.until)}${why === null ? '' : `: ${why}`}` };
}

function covers(mute: Mute, { rule, happening }: Covered): boolean {
  const { change } = happening;
  if (!isOn(mute, change.at)) return false;
  if (mute.rule !== null && mute.rule !== rule.name) return false;
  if (mute.kinds.length > 0 && !mute.kinds.includes(change.kind)) return false;
  return mute.where === null || fits(happening, mute.where);
}

export const isOn = ({ from, until, endedAt }: Mute, at: Instant): boolean =>
  from <= at && (until === null || at < until) && (endedAt === null || at < endedAt);

/** A mute that fails covers nothing: better told once too often. */
function fits(happening: Happening, where: string): boolean {
  try {
    return happening.change.device !== null && happening.fits(where);
  } catch {
    return false;
  }
}
