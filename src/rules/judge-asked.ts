import { formatDuration, type Rule, type RuleVerdict } from '../core/index.ts';
import { unmetCondition } from './conditions.ts';
import { toldKey } from './draft.ts';
import { incidentFor, joinedIncident, openedIncident, wakes } from './incidents.ts';
import { type Later, mutingOf } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { LONGEST_COOLDOWN } from './spans.ts';
import { tellTo, toldBy } from './telling.ts';
import type { Happening } from './terms.ts';
import { quietVerdict, tellVerdict } from './verdicts.ts';

/** What a rule makes of a change of a kind that it asks for. */
export function askedVerdict(sitting: Sitting, rule: Rule, happening: Happening): RuleVerdict {
  const unmet = unmetCondition(rule, happening, sitting);
  if (unmet !== null) return quietVerdict(rule.name, unmet);
  const { quiet, later } = mutingOf({ terms: sitting.asked.terms, rule, happening }, sitting);
  const silent = quiet ?? cooling(sitting, rule, happening);
  if (silent !== null) return quietVerdict(rule.name, silent);
  return told(sitting, rule, { happening, later });
}

/** Longer ones are refused when they are saved; one that was saved before that counts as the longest. */
function cooling({ draft, time }: Sitting, { name, cooldown }: Rule, { change, subject }: Happening) {
  if (cooldown === 0) return null;
  const at = draft.toldAt(toldKey(name, change.kind, subject));
  if (at === undefined || change.at - at >= Math.min(cooldown, LONGEST_COOLDOWN)) return null;
  const text = `the same was told of what happened at ${time(at)}; the rule leaves ${formatDuration(cooldown)} between two`;
  return { reason: 'cooldown', text } as const;
}

function told(
  sitting: Sitting,
  rule: Rule,
  { happening, later }: { readonly happening: Happening; readonly later: Later | null },
): RuleVerdict {
  const { draft } = sitting;
  const open = incidentFor(sitting, rule, happening);
  const incident = open ? joinedIncident(sitting, open, happening) : openedIncident(sitting, rule, happening);
  draft.putIncident(incident);
  const tell = { incident, urgency: rule.urgency, lines: [happening.line], later };
  const whom = tellTo(sitting, rule.to, { ...tell, kind: open ? 'joined' : 'opened' });
  const isNews = open === undefined || open.acknowledged !== null;
  draft.putIncident({ ...incident, to: toldBy(incident, whom), ...(isNews && wakes(rule, whom.from)) });
  const what = open ? `belongs to incident ${incident.id}` : `opens incident ${incident.id}`;
  return tellVerdict(incident, open ? 'joined' : 'first', `${what}; ${whom.text}`);
}
