import type { Incident, IncidentId, Instant, Notification, Verdict } from '../core/index.ts';
import { type AskedTerms, askedTerms } from './asked-rules.ts';
import { ClockFace } from './clock-face.ts';
import type { Desk, Step } from './desk.ts';
import { Draft } from './draft.ts';
import { type TimeWriter, timeIn } from './moments.ts';
import { MEMORY } from './spans.ts';
import type { Fits, Terms } from './terms.ts';
import { countedTitle, titleOf } from './titles.ts';
import { endTogether } from './together.ts';

/** One step while it is worked on. */
export interface Sitting {
  readonly draft: Draft;
  readonly asked: AskedTerms;
  readonly face: ClockFace;
  readonly time: TimeWriter;
  readonly now: Instant;
  readonly fits: Fits;
  /** Rows that tell of several incidents, by incident; noted there at the end. */
  readonly together: Map<IncidentId, Set<number>>;
  /** Of these it is said at the end what they are called: until then they may grow. */
  readonly untitled: { readonly rows: Set<number>; readonly incidents: Set<IncidentId> };
}

export interface Occasion {
  readonly terms: Terms;
  readonly now: Instant;
  /** Left out: nothing fits any filter. */
  readonly fits?: Fits;
}

export function sittingOf(desk: Desk, { terms, now, fits = () => false }: Occasion): Sitting {
  return {
    draft: new Draft(desk, now),
    asked: askedTerms(terms),
    face: new ClockFace(terms.zone),
    time: timeIn(terms.zone),
    now,
    fits,
    together: new Map(),
    untitled: { rows: new Set(), incidents: new Set() },
  };
}

export function endSitting(sitting: Sitting, judged: number | null = null, verdicts: readonly Verdict[] = []): Step {
  const { draft, untitled, now } = sitting;
  for (const id of untitled.rows) {
    const row = draft.row(id);
    if (row?.state === 'waiting') draft.putRow({ ...row, title: titleOf(row, originOf(row, draft, now)) });
  }
  for (const id of untitled.incidents) {
    const incident = draft.incident(id);
    if (incident) draft.putIncident({ ...incident, title: titleOfIncident(incident) });
  }
  endTogether(sitting);
  return draft.done(judged, verdicts);
}

const titleOfIncident = ({ subjects, title }: Incident): string => (subjects.length > 1 ? countedTitle(subjects) : title);

/** The channel that could not deliver what this one tells instead. */
function originOf({ kind, instead }: Notification, draft: Draft, now: Instant): string | null {
  const origin = kind === 'fallback' && instead !== null ? draft.row(instead) : undefined;
  return origin !== undefined && (origin.endedAt ?? 0) > now - MEMORY ? origin.channel : null;
}
