import type { AlertMemory } from '../core/index.ts';
import { type Desk, emptyDesk } from './desk.ts';
import { Draft } from './draft.ts';

/** The desk after a start. */
export function deskOf({ judged, lastIncident, lastNotification, tag, incidents, notifications }: AlertMemory, site: string): Desk {
  const draft = new Draft(emptyDesk(site, tag), 0);
  for (const incident of incidents) draft.putIncident(incident);
  for (const notification of [...notifications].sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0) || a.id - b.id))
    draft.putRow(notification);
  return { ...draft.done().desk, judged, lastIncident, lastNotification };
}
