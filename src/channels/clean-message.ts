import { type Alert, type Json, type Message, type TellDevice, type TellLine, untrusted, untrustedLines } from '../core/index.ts';

/** Longest texts that a channel is handed. */
const SUBJECT = 300;
const TEXT = 65_536;
const LINE = 1000;
/** Deepest thing told of the sides of a change. */
const DEPTH = 6;

const idOf = (text: string): string => text.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 100);

/** The message as it goes to a kind: no control, direction or invisible characters anywhere, ids of few letters, all of it capped. */
export function cleanMessage({ id, subject, text, html, attachments, alert, at }: Message): Message {
  return {
    id: idOf(id),
    at,
    subject: untrusted(subject.replaceAll(/\s+/g, ' ').trim(), SUBJECT),
    text: untrustedLines(text, TEXT),
    html,
    attachments,
    ...(alert && { alert: alertOf(alert) }),
  };
}

const alertOf = (alert: Alert): Alert => ({
  ...alert,
  site: untrusted(alert.site),
  rule: alert.rule === null ? null : untrusted(alert.rule),
  thread: idOf(alert.thread),
  replaces: alert.replaces === null ? null : untrusted(alert.replaces, LINE),
  lines: alert.lines.map(lineOf),
});

const maybe = (text: string | null): string | null => (text === null ? null : untrusted(text));

const lineOf = ({ text, device, place, before, after, ...line }: TellLine): TellLine => ({
  ...line,
  text: untrusted(text, LINE),
  device: device && deviceOf(device),
  place: maybe(place),
  before: before && objectOf(before, DEPTH),
  after: after && objectOf(after, DEPTH),
});

const deviceOf = (device: TellDevice): TellDevice => ({
  ...device,
  name: maybe(device.name),
  address: maybe(device.address),
  mac: maybe(device.mac),
  vendor: maybe(device.vendor),
  type: maybe(device.type),
  owner: maybe(device.owner),
  groups: device.groups.map((group) => untrusted(group)),
  tags: device.tags.map((tag) => untrusted(tag)),
});

function objectOf(object: { readonly [key: string]: Json }, depth: number): { readonly [key: string]: Json } {
  const entries = Object.entries(object).map(([key, value]): [string, Json] => [untrusted(key), jsonOf(value, depth - 1)]);
  return Object.fromEntries(entries);
}

function jsonOf(value: Json, depth: number): Json {
  if (typeof value === 'string') return untrusted(value, LINE);
  if (typeof value !== 'object' || value === null) return value;
  if (depth <= 0) return null;
  return Array.isArray(value)
    ? value.map((one: Json) => jsonOf(one, depth - 1))
    : objectOf(value as { readonly [key: string]: Json }, depth);
}
