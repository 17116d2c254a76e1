import type { Incident, IncidentSubject, Instant, Rule } from '../core/index.ts';
import type { Sitting } from './sitting.ts';
import { lasts } from './subjects.ts';
import type { Happening } from './terms.ts';
import { headline } from './titles.ts';

/** Subjects of one incident; with more another one begins. Fewer than it may have, as each change writes all of them anew. */
export const MOST_SUBJECTS = 1024;

/** The open incident that a change belongs to; undefined: it begins one. */
export function incidentFor({ draft }: Sitting, rule: Rule, { change, subject }: Happening): Incident | undefined {
  const about = draft.openAbout(subject).filter((incident) => incident.rule === rule.name && has(incident, subject));
  // What goes on already does not begin again.
  const same = about.find(({ subjects }) => subjects.some(({ key, kind, over }) => key === subject && kind === change.kind && !over));
  if (same) return same;
  if (rule.group === 'subject') return about.at(-1);
  const newest = draft.newestOpen(rule.name);
  if (newest === undefined || newest.subjects.length >= MOST_SUBJECTS) return undefined;
  return rule.group === 'rule' || newest.subjects.at(-1)?.at === change.at ? newest : undefined;
}

const has = ({ subjects }: Incident, subject: string): boolean => subjects.some(({ key }) => key === subject);

export function openedIncident({ draft, now, untitled }: Sitting, rule: Rule, { change, line, subject }: Happening): Incident {
  const id = draft.nextIncident();
  untitled.incidents.add(id);
  return {
    id,
    site: draft.site,
    rule: rule.name,
    urgency: rule.urgency,
    to: [],
    title: headline(line),
    subjects: [subjectNow(subject, change)],
    firstSeq: change.seq,
    lastSeq: change.seq,
    count: 1,
    openedAt: change.at,
    changedAt: now,
    closedAt: null,
    closedBy: null,
    acknowledged: null,
    remindAt: null,
    escalateAt: null,
  };
}

/** With something new in it, of which nobody took note yet. */
export function joinedIncident(sitting: Sitting, incident: Incident, happening: Happening): Incident {
  const { line } = happening;
  sitting.untitled.incidents.add(incident.id);
  return {
    ...incident,
    ...counted(sitting, incident, happening),
    subjects: withSubject(sitting, incident, happening),
    title: headline(line),
    acknowledged: null,
  };
}

export const counted = ({ now }: Sitting, { count }: Incident, { change }: Happening) => ({
  lastSeq: change.seq,
  count: count + 1,
  changedAt: now,
});

interface Ending {
  readonly happening: Happening;
  /** What of it is over. */
  readonly ends: (subject: IncidentSubject) => boolean;
}

/** With an end to something in it; over when nothing goes on any more. */
export function endedIncident(sitting: Sitting, incident: Incident, { happening, ends }: Ending): Incident {
  const subjects = incident.subjects.map((subject) => (ends(subject) ? { ...subject, over: true } : subject));
  const next = { ...incident, ...counted(sitting, incident, happening), subjects };
  return subjects.every(({ over }) => over) ? closed(next, 'over', happening.change.at) : next;
}

export const closed = (incident: Incident, closedBy: NonNullable<Incident['closedBy']>, closedAt: number): Incident => ({
  ...incident,
  closedAt,
  closedBy,
  remindAt: null,
  escalateAt: null,
});

/** When people are asked again: that counts from when they hear of it first, which may be after maintenance or quiet hours. */
export const wakes = ({ remind, escalate }: Rule, from: Instant): Pick<Incident, 'remindAt' | 'escalateAt'> => ({
  remindAt: remind === null ? null : from + remind,
  escalateAt: escalate === null ? null : from + escalate.after,
});

const subjectNow = (key: string, { kind, at }: Happening['change']): IncidentSubject => ({ key, over: !lasts(kind), kind, at });

function withSubject({ draft }: Sitting, { id, subjects }: Incident, { subject, change }: Happening): readonly IncidentSubject[] {
  const isNew = !draft.openAbout(subject).some((incident) => incident.id === id);
  const place = isNew ? -1 : subjects.findIndex(({ key, kind }) => key === subject && kind === change.kind);
  return place < 0 ? [...subjects, subjectNow(subject, change)] : subjects.with(place, subjectNow(subject, change));
}
