import type { IncidentId, Notification } from '../core/index.ts';
import type { Draft } from './draft.ts';

interface Noting {
  readonly draft: Draft;
  /** Rows that tell of several incidents, by incident. */
  readonly together: Map<IncidentId, Set<number>>;
}

/** All that tells of an incident by any channel, oldest first, with what was noted in this step. */
export function rowsTellingNow({ draft, together }: Noting, id: IncidentId): Notification[] {
  const known = draft.incident(id)?.together ?? [];
  return draft.rowsTelling({ id, together: [...new Set([...known, ...(together.get(id) ?? [])])] });
}

/** Notes that a row tells of incidents together: it names none of them, so they have to name it. */
export function noteTogether({ together }: Noting, row: Pick<Notification, 'id'>, incidents: Iterable<IncidentId | null>): void {
  for (const id of incidents) if (id !== null) together.set(id, new Set(together.get(id)).add(row.id));
}

/** Notes that a row tells what another one told. */
export function noteTogetherInstead(noting: Noting, { id, incident }: Notification, row: Notification): void {
  if (row.incident !== null) return;
  noteTogether(noting, row, incident === null ? incidentsIn(noting, id) : [incident]);
}

function incidentsIn({ draft, together }: Noting, row: number): ReadonlySet<IncidentId> {
  const lately = [...together].flatMap(([id, rows]) => (rows.has(row) ? [id] : []));
  return new Set([...draft.toldTogether(row), ...lately]);
}

/** What was noted goes to the incidents. */
export function endTogether({ draft, together }: Noting): void {
  for (const [id, rows] of together) {
    const incident = draft.incident(id);
    const known = incident?.together ?? [];
    const more = [...rows].filter((row) => !known.includes(row));
    if (incident !== undefined && more.length > 0) draft.putIncident({ ...incident, together: [...known, ...more] });
  }
}
