import { Cron } from 'croner';
import { readCron } from '../config/index.ts';
import { type Cadence, Fault, type Instant, type Millis, placeWithin } from '../core/index.ts';

/**
 * When a plan of a target is due next. `last` is when it last began (null: never, then it is due at once).
 * Intervals have a stable offset hashed from `key`, so that many targets do not all start on the full minute;
 * local times come from cron lines and skip or repeat nothing over daylight-saving changes.
 */
export function nextDue(cadence: Cadence, { key, last, now }: { key: string; last: Instant | null; now: Instant }): Instant {
  if (last === null) return now;
  // A clock set back must not leave a plan waiting for a moment that is far away again.
  const since = Math.min(last, now);
  if (cadence.kind === 'every') return nextSlot(since, cadence.every, placeWithin(key, cadence.every));
  const next = cronOf(cadence).nextRun(new Date(since));
  return next === null ? Number.POSITIVE_INFINITY : next.getTime();
}

/** The first moment after `since` that lies a whole number of intervals from the offset. */
function nextSlot(since: Instant, every: Millis, offset: Millis): Instant {
  return Math.floor((since - offset) / every) * every + offset + every;
}

function cronOf({ cron, zone }: Extract<Cadence, { kind: 'at' }>): Cron {
  return new Cron(cron, { paused: true, ...(zone === null ? {} : { timezone: zone }) });
}

/** The next moments of a cadence after one, at most so many: of an interval counted from there, of a cron line by its clock. */
export function runsAhead(cadence: Cadence, { from, count }: { readonly from: Instant; readonly count: number }): readonly Instant[] {
  if (cadence.kind === 'every') return Array.from({ length: count }, (_, i) => from + (i + 1) * cadence.every);
  const runs = cronOf(cadence).nextRuns(count, new Date(from));
  return runs.map((run) => run.getTime());
}

/** A sweep never takes more than half its interval: one that took longer is made every second time, or more seldom. */
export const intervalFor = (every: Millis, took: Millis): Millis => every * Math.max(1, Math.ceil((2 * took) / every));

/** Shortest interval that makes sense: a sweep takes seconds. */
const SHORTEST: Millis = 10_000;

/** Refuses a cadence that would never or always be due. */
export function checkCadence(cadence: Cadence): Cadence {
  if (cadence.kind === 'every') {
    if (cadence.every >= SHORTEST) return cadence;
    throw new Fault('bad-input', `reading interval: ${cadence.every} ms is shorter than a scan`, 'write 10s or more');
  }
  checkZone(cadence.zone);
  const line = readCron(cadence.cron);
  if (!line.ok) throw new Fault('bad-input', `reading cron line ${JSON.stringify(cadence.cron)}: ${line.reason}`, line.remedy);
  if (cronOf(cadence).nextRun() !== null) return cadence;
  throw new Fault('bad-input', `reading cron line ${JSON.stringify(cadence.cron)}: it is never due`, 'write five fields, like "0 3 * * *"');
}

function checkZone(zone: string | null): void {
  try {
    if (zone !== null) Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new Fault(
      'bad-input',
      `reading cron line for time zone ${JSON.stringify(zone)}: there is no such zone`,
      'write a zone like "Europe/Berlin" or "UTC"',
    );
  }
}
