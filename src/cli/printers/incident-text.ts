import type { IncidentJson, IncidentToldJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { shortened } from '../terminal/visible.ts';
import { OUTBOX_HEADING, outboxRow } from './outbox-text.ts';
import { urgencyPiece } from './rule-text.ts';
import { counted } from './scan-text.ts';

export const INCIDENT_HEADING = ['ID', 'SINCE', 'IS', 'URGENCY', 'RULE', 'CHANGES', 'WHAT'] as const;

/** Columns of a title. */
const TITLE = 120;

/** A row of the table of incidents. */
export function incidentRow(incident: IncidentJson): Piece[] {
  const { id, openedAt, urgency, rule, count } = incident;
  return [
    String(id),
    localTime(Date.parse(openedAt)),
    statePiece(incident),
    urgencyPiece(urgency),
    rule,
    String(count),
    incidentText(incident),
  ];
}

export const incidentText = ({ title }: IncidentJson): string => shortened(title, TITLE);

function statePiece({ closedAt, acknowledged }: IncidentJson): Piece {
  if (closedAt !== null) return { text: 'over', tone: 'dim' };
  return acknowledged ? { text: 'noted', tone: 'warn' } : { text: 'open', tone: 'bad' };
}

/** Subjects named in a line. */
const SHOWN = 8;

/** One incident, and who was told of it. */
export function printIncident(out: Output, { incident, notifications }: IncidentToldJson): void {
  const { id, urgency, rule, title, subjects } = incident;
  out.line({ text: `incident ${id}`, tone: 'strong' }, '  ', statePiece(incident), '  ', urgencyPiece(urgency), `  by rule ${rule}`);
  out.line(`  ${title}`);
  for (const [label, text] of facts(incident)) if (text !== '') out.line(`  ${label.padEnd(12)}${text}`);
  const more = subjects.length > SHOWN ? ` and ${subjects.length - SHOWN} more` : '';
  out.line(`  about       ${subjects.slice(0, SHOWN).map(subjectText).join(', ')}${more}`);
  if (notifications.length === 0) return;
  out.line();
  out.table(OUTBOX_HEADING, notifications.map(outboxRow));
}

const subjectText = ({ key, over }: IncidentJson['subjects'][number]): string => (over ? `${key} (over)` : key);

const CLOSED = { over: 'it is over', acknowledged: 'acknowledged', calm: 'nothing came to it any more' } as const;

function facts(incident: IncidentJson): [string, string][] {
  const { openedAt, changedAt, closedAt, closedBy, acknowledged, remindAt, escalateAt, firstSeq, lastSeq, count } = incident;
  const range = firstSeq === lastSeq ? `change ${firstSeq}` : `changes ${firstSeq} to ${lastSeq}`;
  return [
    ['opened', timeOf(openedAt)],
    ['changed', timeOf(changedAt)],
    ['over', closedAt === null ? '' : `${timeOf(closedAt)}${closedBy === null ? '' : `, ${CLOSED[closedBy]}`}`],
    ['noted', acknowledged ? `${timeOf(acknowledged.at)}${acknowledged.by === null ? '' : ` by ${acknowledged.by}`}` : ''],
    ['reminder', timeOf(remindAt)],
    ['escalation', timeOf(escalateAt)],
    ['changes', `${counted(count, 'change')}, ${range}; "rollcall why ${firstSeq}" has the first`],
  ];
}

const timeOf = (at: string | null): string => (at === null ? '' : localTime(Date.parse(at)));
