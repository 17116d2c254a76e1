import type { Incident, Instant, Millis, Notification, Rule, TellLine } from '../core/index.ts';
import { channelsMeant } from './asked-rules.ts';
import { cappedLines } from './lines.ts';
import { passes, restAt } from './resting.ts';
import { goingOf } from './silenced.ts';
import type { Sitting } from './sitting.ts';
import { subjectOf } from './subjects.ts';
import { type Tell, tellTo, toldBy } from './telling.ts';

/** With whoever is to be told that nobody took note. */
export function escalated(sitting: Sitting, incident: Incident): Incident {
  const { escalateAt } = incident;
  if (escalateAt === null || escalateAt > sitting.now) return incident;
  const escalate = ruleOf(sitting, incident)?.escalate ?? null;
  if (escalate === null) return { ...incident, escalateAt: null };
  const later = putOff(sitting, incident, { names: escalate.to, span: escalate.after });
  if (later !== null) return { ...incident, escalateAt: later };
  return { ...incident, escalateAt: null, to: toldAgain(sitting, incident, { names: escalate.to, kind: 'escalation' }) };
}

/** With those who heard of it reminded. */
export function reminded(sitting: Sitting, incident: Incident): Incident {
  const { now, draft } = sitting;
  if (incident.remindAt === null || incident.remindAt > now) return incident;
  const remind = ruleOf(sitting, incident)?.remind ?? null;
  if (remind === null) return { ...incident, remindAt: null };
  const later = putOff(sitting, incident, { names: incident.to, span: remind });
  if (later !== null) return { ...incident, remindAt: later };
  const waiting = draft.rowsOf(incident.id).filter(({ kind, state }) => kind === 'reminder' && state === 'waiting');
  const names = incident.to.filter((name) => !waiting.some(({ channel }) => channel === name));
  toldAgain(sitting, incident, { names, kind: 'reminder' });
  return { ...incident, remindAt: now + remind };
}

/** A rule that is gone or disabled asks for nothing any more. */
function ruleOf({ asked }: Sitting, incident: Incident): Rule | undefined {
  const rule = asked.rules.get(incident.rule);
  return rule?.enabled ? rule : undefined;
}

interface Asking {
  readonly names: readonly string[];
  /** After so long it is looked at again at the latest: a mute may be ended before its time. */
  readonly span: Millis;
}

/** Until when nobody is asked, because that is muted, or all who would be have their quiet hours; null: somebody can be. */
function putOff(sitting: Sitting, incident: Incident, { names, span }: Asking): Instant | null {
  const { asked, now } = sitting;
  const { loud, until } = goingOf(sitting, incident);
  if (loud.length === 0) return Math.min(until, now + span);
  if (passes(incident, asked)) return null;
  const rests = channelsMeant(asked, names).map((channel) => restAt(channel, now, sitting)?.until ?? now);
  const first = Math.min(...rests);
  return first > now && rests.length > 0 ? first : null;
}

interface Again extends Pick<Tell, 'kind'> {
  readonly names: readonly string[];
}

function toldAgain(sitting: Sitting, incident: Incident, { names, kind }: Again): readonly string[] {
  const tell = { incident, urgency: incident.urgency, kind, ...linesOf(sitting, incident), later: null };
  return toldBy(incident, tellTo(sitting, names, tell));
}

/** What still goes on of it, as it was told; where that is forgotten, what it is called. */
function linesOf(sitting: Sitting, incident: Incident): Pick<Notification, 'lines' | 'more'> {
  const { loud } = goingOf(sitting, incident);
  const wanted = new Set(loud.map(({ key, kind }) => `${kind} ${key}`));
  const found = new Map<string, TellLine>();
  for (const line of sitting.draft.rowsTelling(incident).flatMap(({ lines }) => lines)) {
    const what = `${line.kind} ${subjectOf({ ...line, device: line.device?.id ?? null })}`;
    if (wanted.has(what) && line.seq >= (found.get(what)?.seq ?? 0)) found.set(what, line);
  }
  if (found.size === 0) return cappedLines([lineOf(incident, loud.length)]);
  const lines = [...found.values()].sort((a, b) => a.seq - b.seq);
  return cappedLines(lines, wanted.size - lines.length);
}

function lineOf({ title, lastSeq, changedAt, subjects }: Incident, going: number): TellLine {
  return {
    seq: lastSeq,
    at: changedAt,
    kind: subjects[0]?.kind ?? 'device.edited',
    text: going < subjects.length ? `${title} (${going} of ${subjects.length} still)` : title,
    device: null,
    place: subjects[0]?.key ?? null,
    before: null,
    after: null,
  };
}
