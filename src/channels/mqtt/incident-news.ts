import type { MirroredIncident, Picture } from '../../core/index.ts';
import { type EVENTS, incidentFacts } from './daemon-pages.ts';
import { json } from './page.ts';

/** What one picture tells of incidents at most: whoever misses some finds them in what is kept. */
const MOST = 50;

/** What happened to incidents between two pictures, as messages; nothing where either does not know. */
export function incidentNews(before: Picture['incidents'], after: Picture['incidents']): readonly string[] {
  if (before === null || after === null || before === after) return [];
  const known = new Map(before.map((incident) => [incident.id, incident]));
  const open = new Set(after.map(({ id }) => id));
  const told = after.flatMap((incident) => {
    const what = whatOf(known.get(incident.id), incident);
    return what === null ? [] : [eventOf(what, incident)];
  });
  const over = before.filter(({ id }) => !open.has(id)).map((incident) => eventOf('over', incident));
  return [...told, ...over].slice(0, MOST);
}

type What = (typeof EVENTS)[number];

function whatOf(old: MirroredIncident | undefined, now: MirroredIncident): What | null {
  if (old === undefined) return 'opened';
  if (old.acknowledged === null && now.acknowledged !== null) return 'acknowledged';
  return old.count === now.count && old.urgency === now.urgency ? null : 'changed';
}

const eventOf = (event_type: What, incident: MirroredIncident): string => json({ event_type, ...incidentFacts(incident) });
