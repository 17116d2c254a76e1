import type { Alert, Message } from '../../core/index.ts';
import { clipBytes } from '../clip.ts';
import { toldBy } from '../words/told.ts';

export const FACILITIES = [
  'user',
  'daemon',
  'auth',
  'syslog',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const;
export type Facility = (typeof FACILITIES)[number];

const CODES: Readonly<Record<Facility, number>> = {
  user: 1,
  daemon: 3,
  auth: 4,
  syslog: 5,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
};

const SEVERITIES = { low: 'info', normal: 'notice', high: 'warning', critical: 'crit' } as const;
const LEVELS = { crit: 2, warning: 4, notice: 5, info: 6 } as const;

export const severityOf = (alert: Alert | undefined): keyof typeof LEVELS =>
  alert?.kind === 'resolved' ? 'info' : SEVERITIES[alert?.urgency ?? 'normal'];

export interface FrameTerms {
  readonly facility: Facility;
  /** Name of the sender; letters, digits, dots, dashes. */
  readonly app: string;
  readonly host: string;
  /** Longest frame, in bytes. */
  readonly most: number;
}

/** A message as RFC 5424 writes it: one line, its text in UTF-8 behind the mark that says so. */
export function frameOf(message: Message, { facility, app, host, most }: FrameTerms): string {
  const { at, alert } = message;
  const priority = CODES[facility] * 8 + LEVELS[severityOf(alert)];
  const about = alert?.lines[0]?.kind ?? alert?.kind ?? 'message';
  const head = `<${priority}>1 ${new Date(at).toISOString()} ${field(host, 255)} ${field(app, 48)} ${process.pid} ${field(about, 32)}`;
  const start = `${head} ${elementOf(message)} \ufeff`;
  return `${start}${clipBytes(oneLine(message), most - Buffer.byteLength(start))}`;
}

/** Subject and text as one line. */
export function oneLine(message: Message): string {
  const { subject, text } = toldBy(message);
  const flat = text.replaceAll(/\s*\n\s*/g, ' | ');
  return flat.startsWith(subject) ? flat : `${subject}${flat === '' ? '' : `: ${flat}`}`;
}

const field = (text: string, most: number): string => text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, most) || '-';

/** 32473 is the number that is kept for examples; nobody else's elements are named like ours. */
const ELEMENT = 'rollcall@32473';
const VALUE = 255;

/** The first line as structured data, for whoever filters by it. */
function elementOf({ id, alert }: Message): string {
  const line = alert?.lines[0];
  const values = {
    id,
    site: alert?.site,
    kind: alert?.kind,
    urgency: alert?.urgency,
    rule: alert?.rule,
    incident: alert?.incident?.id,
    device: line?.device?.name,
    address: line?.device?.address,
    mac: line?.device?.mac,
    place: line?.place,
  };
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return `[${ELEMENT}${said.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('')}]`;
}

const escaped = (text: string): string =>
  clipBytes(text, VALUE)
    .replaceAll(/[\\"\]]/g, '\\$&')
    .replaceAll('\n', ' ');
