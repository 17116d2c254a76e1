import {
  type Alert,
  formatDuration,
  type Incident,
  type Message,
  type Millis,
  type Notification,
  type TellLine,
  untrusted,
} from '../core/index.ts';
import { rulesOf } from './causes.ts';
import type { Desk } from './desk.ts';
import { inLayers } from './layers.ts';
import { pageOf, type Words } from './message-page.ts';
import { type TimeWriter, utcTime } from './moments.ts';
import { SECOND } from './spans.ts';
import { endedIn } from './titles.ts';

/** What a channel sends for a notification. Moments are written in UTC, or as `time` says. */
export function messageOf(desk: Desk, notification: Notification, time: TimeWriter = utcTime): Message {
  const { key, title, incident: id, madeAt } = notification;
  const incident = id === null ? undefined : inLayers(desk.incidents, id);
  const words: Words = {
    title,
    lines: linesIn(notification, time),
    notes: [...originNotes(desk, notification), ...notesOn(notification, incident, time)],
  };
  return {
    id: key,
    at: madeAt,
    subject: untrusted(title, SUBJECT),
    text: [words.lines.join('\n'), words.notes.join('\n')].filter((part) => part !== '').join('\n\n'),
    html: pageOf(words),
    attachments: [],
    alert: alertOf(desk, notification, incident),
  };
}

const SUBJECT = 200;

function linesIn({ lines, more }: Notification, time: TimeWriter): string[] {
  const { over } = endedIn(lines);
  const told = lines.map((line) => `${time(line.at)}  ${line.text}${over.has(line) ? ' (over)' : ''}${placeText(line)}`);
  return more === 0 ? told : [...told, `and ${more} more ${more === 1 ? 'change' : 'changes'}`];
}

/** Where a device is found, unless its line says so itself. */
function placeText({ device, text }: TellLine): string {
  const address = device?.address ?? null;
  return address === null || text.includes(address) ? '' : ` [${address}]`;
}

/** Why it comes late, or by this way. */
function originNotes(desk: Desk, { kind, because, instead }: Notification): string[] {
  if (kind === 'digest') return because === null ? [] : [`held back: ${because}`];
  const dead = kind !== 'fallback' || instead === null ? undefined : inLayers(desk.notifications, instead);
  return dead === undefined ? [] : [`${dead.channel} could not deliver it: ${dead.because ?? 'it did not say why'}`];
}

function notesOn(row: Notification, incident: Incident | undefined, time: TimeWriter): string[] {
  const rules = rulesOf(row);
  const why = rules.length === 0 ? [] : [`${rules.length === 1 ? 'rule' : 'rules'} ${namesOf(rules)}, urgency ${row.urgency}`];
  return incident === undefined ? why : [...why, `incident ${incident.id}: ${stateText(incident, time)}`];
}

/** Rules that are named. */
const NAMED = 5;

function namesOf(rules: readonly string[]): string {
  const more = rules.length - NAMED;
  return `${rules.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function stateText({ openedAt, closedAt, closedBy, acknowledged, count }: Incident, time: TimeWriter): string {
  const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
  const noted = acknowledged === null ? '' : `, ${acknowledged.by ?? 'somebody'} took note of it ${time(acknowledged.at)}`;
  if (closedAt === null) return `open since ${time(openedAt)}, ${changes}${noted}`;
  const end = closedBy === 'over' ? 'over' : 'closed';
  return `${end} ${time(closedAt)} after ${formatDuration(wholeSeconds(closedAt - openedAt))}, ${changes}${noted}`;
}

const wholeSeconds = (length: Millis): Millis => Math.max(0, Math.round(length / SECOND) * SECOND);

function alertOf({ tag }: Desk, notification: Notification, incident: Incident | undefined): Alert {
  const { site, kind, urgency, rule, lines, more, id, channel, handle } = notification;
  return {
    site,
    kind,
    urgency,
    rule,
    incident: incident ? { id: incident.id, state: incident.closedAt === null ? 'open' : 'over', openedAt: incident.openedAt } : null,
    thread: `${tag}-${channel}-${notification.incident === null ? `n${id}` : `i${notification.incident}`}`,
    replaces: kind === 'edit' ? handle : null,
    lines,
    more,
  };
}
