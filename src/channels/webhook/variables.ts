import type { JsonObject, Message } from '../../core/index.ts';

/** All that a template may name. A closed list: no path is ever walked. */
const TEXTS: Readonly<Record<string, (message: Message) => string | null | undefined>> = {
  id: ({ id }) => id,
  title: ({ subject }) => subject,
  text: ({ text }) => text,
  time: ({ at }) => new Date(at).toISOString(),
  site: ({ alert }) => alert?.site,
  kind: ({ alert }) => alert?.kind,
  urgency: ({ alert }) => alert?.urgency,
  rule: ({ alert }) => alert?.rule,
  thread: ({ alert }) => alert?.thread,
  'incident.state': ({ alert }) => alert?.incident?.state,
  'change.kind': ({ alert }) => alert?.lines[0]?.kind,
  'change.text': ({ alert }) => alert?.lines[0]?.text,
  'change.at': ({ alert }) => alert?.lines[0] && new Date(alert.lines[0].at).toISOString(),
  'change.since': ({ alert }) => since(alert?.lines[0]?.before),
  place: ({ alert }) => alert?.lines[0]?.place,
  'device.name': ({ alert }) => alert?.lines[0]?.device?.name,
  'device.address': ({ alert }) => alert?.lines[0]?.device?.address,
  'device.mac': ({ alert }) => alert?.lines[0]?.device?.mac,
  'device.vendor': ({ alert }) => alert?.lines[0]?.device?.vendor,
  'device.type': ({ alert }) => alert?.lines[0]?.device?.type,
  'device.owner': ({ alert }) => alert?.lines[0]?.device?.owner,
  'device.presence': ({ alert }) => alert?.lines[0]?.device?.presence,
};

/** How it was before has lasted since then, as far as anybody knows: somebody who comes home was away. */
const since = (before: JsonObject | null | undefined): string => (typeof before?.['since'] === 'string' ? before['since'] : '');

/** The same for whole numbers, which may stand outside of quotes. */
const NUMBERS: Readonly<Record<string, (message: Message) => number | undefined>> = {
  count: ({ alert }) => alert && alert.lines.length + alert.more,
  'incident.id': ({ alert }) => alert?.incident?.id,
  'change.seq': ({ alert }) => alert?.lines[0]?.seq,
};

export const VARIABLES: readonly string[] = [...Object.keys(TEXTS), ...Object.keys(NUMBERS)].sort();

export const isVariable = (name: string): boolean => VARIABLES.includes(name);
export const isNumber = (name: string): boolean => Object.hasOwn(NUMBERS, name);

/** Longest text of one variable: a template may name it a hundred times. */
const MOST = 4096;

/** What a variable stands for; empty (or 0) where this message has no such thing. */
export function valueOf(name: string, message: Message): string {
  if (isNumber(name)) return String(NUMBERS[name]?.(message) ?? 0);
  const text = Object.hasOwn(TEXTS, name) ? (TEXTS[name]?.(message) ?? '') : '';
  return text.slice(0, MOST).toWellFormed();
}
