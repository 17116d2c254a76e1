import type { IncidentJson, MuteJson, VerdictJson } from '../../contract/index.ts';
import type { Incident, Mute, Verdict } from '../../core/index.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

export function incidentToJson(incident: Incident): IncidentJson {
  const { id, rule, urgency, to, title, subjects, firstSeq, lastSeq, count, closedBy, acknowledged } = incident;
  return {
    id,
    rule,
    urgency,
    to: [...to],
    title,
    subjects: subjects.map(({ key, over }) => ({ key, over })),
    firstSeq,
    lastSeq,
    count,
    openedAt: instantToJson(incident.openedAt),
    changedAt: instantToJson(incident.changedAt),
    closedAt: instantOrNull(incident.closedAt),
    closedBy,
    acknowledged: acknowledged && { at: instantToJson(acknowledged.at), by: acknowledged.by },
    remindAt: instantOrNull(incident.remindAt),
    escalateAt: instantOrNull(incident.escalateAt),
  };
}

export function muteToJson({ id, kind, rule, kinds, where, from, until, why, by, madeAt, endedAt }: Mute): MuteJson {
  return {
    id,
    kind,
    rule,
    kinds: [...kinds],
    where,
    from: instantToJson(from),
    until: instantOrNull(until),
    why,
    by,
    madeAt: instantToJson(madeAt),
    endedAt: instantOrNull(endedAt),
  };
}

export const verdictToJson = ({ at, rules }: Verdict): VerdictJson => ({
  at: instantToJson(at),
  rules: rules.map(({ rule, verdict, reason, text, incident }) => ({ rule, verdict, reason, text, incident })),
});
