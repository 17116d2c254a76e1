import type { Incident, Instant } from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import { Draft } from './draft.ts';

export interface Unacknowledging {
  /** Incidents as they were before somebody took note of them. */
  readonly was: readonly Incident[];
  readonly now: Instant;
}

/**
 * Nobody took note of them after all: they are open again, and people are asked again when they would have been, or at once where
 * that has passed. Messages that were withdrawn stay so.
 */
export function unacknowledge(desk: Desk, { was, now }: Unacknowledging): Step {
  const draft = new Draft(desk, now);
  for (const old of was) {
    const incident = draft.incident(old.id);
    if (!incident) continue;
    const { closedAt, closedBy } = old;
    const due = { remindAt: later(old.remindAt, now), escalateAt: later(old.escalateAt, now) };
    draft.putIncident({ ...incident, ...due, closedAt, closedBy, acknowledged: null, changedAt: now });
  }
  return draft.done();
}

const later = (due: Instant | null, now: Instant): Instant | null => (due === null ? null : Math.max(due, now));

/** An open incident of the same rule about the same thing that began after this one; null: there is none. */
export function newerThan(desk: Desk, { id, rule, subjects }: Incident): Incident | null {
  const draft = new Draft(desk, 0);
  const about = subjects.flatMap(({ key }) => draft.openAbout(key));
  return (
    about.find(
      (other) => other.id > id && other.rule === rule && other.subjects.some(({ key }) => subjects.some((own) => own.key === key)),
    ) ?? null
  );
}
