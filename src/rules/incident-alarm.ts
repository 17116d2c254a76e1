import type { Incident, Instant } from '../core/index.ts';
import { DAY, HOUR } from './spans.ts';
import { mustEnd } from './subjects.ts';

/** When an incident is to be looked at again without anything happening; null: never. */
export function alarmOf(incident: Incident): Instant | null {
  if (incident.closedAt !== null) return null;
  const moments = [incident.remindAt, incident.escalateAt, calmAt(incident)].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** When it closes because it has been calm: a day after the last change, on the hour, so that many close at once. */
export function calmAt({ subjects, changedAt }: Incident): Instant | null {
  return subjects.every(({ kind, over }) => over || !mustEnd(kind)) ? Math.ceil((changedAt + DAY) / HOUR) * HOUR : null;
}
