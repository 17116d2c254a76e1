import { bad, good, type Instant, LAST_MOMENT, orFault, parseDuration, type Result } from '../core/index.ts';
import { readMoment } from './terminal/moment.ts';
import type { CliWorld } from './world.ts';

/** Who types, for the record; nothing is allowed or refused by it. */
export function userOf({ env }: CliWorld): string | undefined {
  const user = env['SUDO_USER'] || env['USER'] || env['LOGNAME'];
  return user ? user.slice(0, 255) : undefined;
}

/** Who and why, as far as they are known. */
export const wordOf = (world: CliWorld, why: string | undefined) => {
  const by = userOf(world);
  return { ...(by !== undefined && { by }), ...(why !== undefined && { why }) };
};

/** A moment that has passed, for --at. */
export function momentOf(text: string, now: Instant): string {
  if (text === 'yesterday') return new Date(now - 86_400_000).toISOString();
  return new Date(orFault(readMoment(text, '--at', now))).toISOString();
}

/** A moment to come: "90d" from now on, a day to its end, or a moment; times are local without a zone. */
export function untilOf(text: string, now: Instant): { until: string } {
  return { until: new Date(orFault(readUntil(text, now))).toISOString() };
}

function readUntil(text: string, now: Instant): Result<Instant> {
  const length = parseDuration(text);
  if (length !== undefined && length > 0 && now + length <= LAST_MOMENT) return good(now + length);
  const at = length === undefined ? readMoment(text, '--until', now) : null;
  const shown = JSON.stringify(text.slice(0, 60));
  if (!at?.ok)
    return bad(
      `reading --until ${shown}: it is no time`,
      'write a day like 2027-01-31, a time like 2027-01-31T12:00, or a length like 90d',
    );
  return good(text.length === 10 ? endOfDay(at.value) : at.value);
}

function endOfDay(at: Instant): Instant {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}
