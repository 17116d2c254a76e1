import type { Incident, IncidentId, Instant } from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import { Draft } from './draft.ts';
import { calmAt } from './incident-alarm.ts';
import { closed } from './incidents.ts';
import { withdraw } from './withdraw.ts';

export interface Acknowledgement {
  readonly ids: readonly IncidentId[] | 'open';
  readonly by: string | null;
  readonly now: Instant;
}

/** Takes note of incidents: nobody is reminded of them, and what has no end of its own is closed. */
export function acknowledge(desk: Desk, { ids, by, now }: Acknowledgement): Step {
  const draft = new Draft(desk, now);
  const meant = ids === 'open' ? [...draft.openIncidents()].map(({ id }) => id).sort((a, b) => a - b) : [...new Set(ids)];
  for (const incident of meant.flatMap((id) => draft.incident(id) ?? [])) {
    if (incident.closedAt !== null || incident.acknowledged !== null) continue;
    draft.putIncident(acknowledged(incident, { by, now }));
    withdraw({ draft, now }, incident, by === null ? 'somebody took note of it' : `${by} took note of it`);
  }
  return draft.done();
}

function acknowledged(incident: Incident, { by, now }: Pick<Acknowledgement, 'by' | 'now'>): Incident {
  const noted = { ...incident, acknowledged: { at: now, by }, changedAt: now, remindAt: null, escalateAt: null };
  return calmAt(incident) === null ? noted : closed(noted, 'acknowledged', now);
}
