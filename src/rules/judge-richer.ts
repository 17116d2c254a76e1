import type { Incident, RuleVerdict } from '../core/index.ts';
import { counted } from './incidents.ts';
import { mutingOf } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { MINUTE } from './spans.ts';
import { ENRICHES, rootOf } from './subjects.ts';
import { tellMore } from './telling.ts';
import type { Happening } from './terms.ts';
import { quietVerdict, tellVerdict } from './verdicts.ts';

/** So long after it began more is told of an incident as it becomes known. */
const YOUNG = 30 * MINUTE;

/** Young open incidents about a device of which a change tells more. */
export function enrichedBy({ draft, asked }: Sitting, { change, subject }: Happening): Incident[] {
  if (!ENRICHES.has(change.kind) || change.device === null) return [];
  const device = rootOf(subject);
  return draft
    .openAbout(device)
    .filter(
      ({ rule, openedAt, subjects }) =>
        change.at - openedAt <= YOUNG && asked.rules.get(rule)?.enabled === true && subjects.some(({ key }) => key === device),
    );
}

/** What a change means for an incident of which it tells more. */
export function richerVerdict(sitting: Sitting, incident: Incident, happening: Happening): RuleVerdict {
  const { draft, asked } = sitting;
  const rule = asked.rules.get(incident.rule);
  const muting = rule ? mutingOf({ terms: asked.terms, rule, happening }, sitting) : null;
  if (muting?.quiet) return quietVerdict(incident.rule, muting.quiet, incident);
  const tell = { incident, urgency: incident.urgency, lines: [happening.line], later: muting?.later ?? null };
  const whom = tellMore(sitting, { ...tell, kind: 'joined' });
  if (whom === null)
    return quietVerdict(
      incident.rule,
      { reason: 'edited', text: `tells more of incident ${incident.id}: nobody needs a message for that` },
      incident,
    );
  draft.putIncident({ ...incident, ...counted(sitting, incident, happening) });
  return tellVerdict(incident, 'enriched', `tells more of incident ${incident.id}; completes what is told to ${whom.text}`);
}
