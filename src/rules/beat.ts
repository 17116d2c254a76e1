import type { Incident, Instant, TellLine } from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import { alarmOf, calmAt } from './incident-alarm.ts';
import { closed } from './incidents.ts';
import { cappedLines } from './lines.ts';
import { endSitting, type Sitting, sittingOf } from './sitting.ts';
import { sweep } from './sweep.ts';
import { tellTo, toldBy } from './telling.ts';
import type { Terms } from './terms.ts';
import { withdraw } from './withdraw.ts';

export interface Beat {
  readonly terms: Terms;
  readonly now: Instant;
}

/** What is due without anything happening: reminders, escalations, the end of calm incidents, and what waits in vain. */
export function beat(desk: Desk, { terms, now }: Beat): Step {
  const sitting = sittingOf(desk, { terms, now });
  for (const incident of sitting.draft.due()) attend(sitting, incident);
  for (const channel of sitting.draft.channels) sweep(sitting, channel);
  return endSitting(sitting);
}

function attend(sitting: Sitting, incident: Incident): void {
  const { draft, now } = sitting;
  const due = alarmOf(incident);
  if (due === null || due > now) return;
  const calm = calmAt(incident);
  if (calm !== null && calm <= now) {
    draft.putIncident(closed({ ...incident, changedAt: now }, incident.acknowledged ? 'acknowledged' : 'calm', now));
    withdraw(sitting, incident, 'nothing more came of it for a day');
  } else draft.putIncident(reminded(sitting, escalated(sitting, incident)));
}

function escalated(sitting: Sitting, incident: Incident): Incident {
  if (incident.escalateAt === null || incident.escalateAt > sitting.now) return incident;
  const escalate = ruleOf(sitting, incident)?.escalate ?? null;
  const next = { ...incident, escalateAt: null };
  return escalate === null ? next : { ...next, to: toldAgain(sitting, incident, { names: escalate.to, kind: 'escalation' }) };
}

function reminded(sitting: Sitting, incident: Incident): Incident {
  const { now } = sitting;
  if (incident.remindAt === null || incident.remindAt > now) return incident;
  const remind = ruleOf(sitting, incident)?.remind ?? null;
  if (remind === null) return { ...incident, remindAt: null };
  const waiting = sitting.draft.rowsOf(incident.id).filter(({ kind, state }) => kind === 'reminder' && state === 'waiting');
  const names = incident.to.filter((name) => !waiting.some(({ channel }) => channel === name));
  toldAgain(sitting, incident, { names, kind: 'reminder' });
  return { ...incident, remindAt: now + remind };
}

/** A rule that is gone or disabled asks for nothing any more. */
function ruleOf({ asked }: Sitting, incident: Incident) {
  const rule = asked.rules.get(incident.rule);
  return rule?.enabled ? rule : undefined;
}

interface Again {
  readonly names: readonly string[];
  readonly kind: 'reminder' | 'escalation';
}

function toldAgain(sitting: Sitting, incident: Incident, { names, kind }: Again): readonly string[] {
  const tell = { incident, urgency: incident.urgency, kind, ...linesOf(sitting, incident), later: null };
  return toldBy(incident, tellTo(sitting, names, tell));
}

/** What was told of it, as far as that is remembered; else what it is called. */
function linesOf({ draft }: Sitting, incident: Incident) {
  const newest = draft.rowsOf(incident.id).findLast(({ kind }) => kind !== 'reminder' && kind !== 'escalation');
  return newest ? { lines: newest.lines, more: newest.more } : cappedLines([lineOf(incident)]);
}

const lineOf = ({ title, lastSeq, changedAt, subjects }: Incident): TellLine => ({
  seq: lastSeq,
  at: changedAt,
  kind: subjects[0]?.kind ?? 'device.edited',
  text: title,
  device: null,
  place: subjects[0]?.key ?? null,
  before: null,
  after: null,
});
