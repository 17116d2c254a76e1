import { type Instant, type Millis, type Plan, type QuietHours, quietAt, quietChanges } from '../../core/index.ts';
import type { LimitsThere } from './limits.ts';

/** Why something due is not done now, and when it will be. */
export interface PutOff {
  readonly until: Instant;
  /** In words: 'quiet hours ("Mon-Fri 08:00-18:00")'. */
  readonly because: string;
}

/** Less than this before quiet hours is not worth beginning in. */
const TOO_SHORT: Millis = 60_000;

/** Whether quiet hours keep a plan from being begun; null: they do not. `now` is the moment it would be. */
export function putOffBy(
  { quiet, quietSweeps }: Pick<LimitsThere, 'quiet' | 'quietSweeps'>,
  plan: Pick<Plan, 'ports'>,
  now: Instant,
): PutOff | null {
  if (plan.ports === null && !quietSweeps) return null;
  return quietFrom(quiet, now) ?? soonQuiet(quiet, now);
}

function quietFrom(quiet: QuietHours, now: Instant): PutOff | null {
  const window = quietAt(quiet, now);
  if (window === undefined) return null;
  // Hours without an end within a fortnight are refused where they are read.
  return { until: quietChanges(quiet, now) ?? now + 24 * 3_600_000, because: `quiet hours ("${window.text}")` };
}

function soonQuiet(quiet: QuietHours, now: Instant): PutOff | null {
  const begins = quietChanges(quiet, now);
  return begins === null || begins - now >= TOO_SHORT ? null : quietFrom(quiet, begins);
}

/** A moment as the clock on the wall of a zone shows it. */
export function wallText(at: Instant, zone: string): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${wall.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')} (${zone})`;
}
