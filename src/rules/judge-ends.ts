import type { Incident, IncidentSubject, Rule, RuleVerdict } from '../core/index.ts';
import type { Quiet } from './conditions.ts';
import { endedIncident } from './incidents.ts';
import { mutingOf } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { ENDS, GONE, rootOf } from './subjects.ts';
import { tellOn, toldBy } from './telling.ts';
import type { Happening } from './terms.ts';
import { quietVerdict, tellVerdict } from './verdicts.ts';
import { withdraw } from './withdraw.ts';

/** Open incidents in which a change ends something. */
export function endedBy({ draft }: Sitting, happening: Happening): Incident[] {
  const { kind } = happening.change;
  if (ENDS[kind] === undefined && !GONE.has(kind)) return [];
  return draft.openAbout(happening.subject).filter(({ subjects }) => subjects.some(endsOf(happening)));
}

function endsOf({ change, subject }: Happening): (subject: IncidentSubject) => boolean {
  const root = rootOf(subject);
  if (GONE.has(change.kind)) return ({ key, over }) => !over && rootOf(key) === root;
  const kinds = ENDS[change.kind] ?? [];
  return ({ key, over, kind }) => !over && key === subject && (kind === undefined || kinds.includes(kind));
}

/** What a change means for an incident in which it ends something. */
export function endVerdict(sitting: Sitting, incident: Incident, happening: Happening): RuleVerdict {
  const { draft, asked } = sitting;
  const rule = asked.rules.get(incident.rule);
  const muting = rule ? mutingOf({ terms: asked.terms, rule, happening }, sitting) : null;
  const next = endedIncident(sitting, incident, { happening, ends: endsOf(happening) });
  draft.putIncident(next);
  const what = next.closedAt === null ? `ends a part of incident ${incident.id}` : `ends incident ${incident.id}`;
  const silent = silence(rule, happening) ?? muting?.quiet ?? null;
  if (silent !== null) {
    if (next.closedAt !== null) withdraw(sitting, next, `${what} before it went out`);
    return quietVerdict(incident.rule, { reason: silent.reason, text: `${what}; ${silent.text}` }, incident);
  }
  const tell = { incident: next, urgency: incident.urgency, lines: [happening.line], later: muting?.later ?? null };
  const whom = tellOn(sitting, { ...tell, kind: 'resolved' });
  draft.putIncident({ ...next, to: toldBy(next, whom) });
  return tellVerdict(next, 'resolved', `${what}; ${whom.text}`);
}

function silence(rule: Rule | undefined, { change }: Happening): Quiet | null {
  if (rule === undefined) return { reason: 'disabled', text: 'its rule does not exist any more' };
  if (!rule.enabled) return { reason: 'disabled', text: 'its rule is disabled' };
  if (GONE.has(change.kind)) return { reason: 'resolved', text: 'whoever did that knows' };
  if (!rule.resolved && !rule.on.includes(change.kind))
    return { reason: 'resolved', text: 'its rule does not tell that something is over' };
  return null;
}
