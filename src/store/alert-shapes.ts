import type { ChannelSetup, Incident, Mute, Notification, Rule } from '../core/index.ts';
import { isFlag, isListOf, isNumber, isOf, isText, orNull } from './shapes.ts';

const isTexts = isListOf(isText);
const isWindows = isListOf(isOf({ text: isText }));

const RULE = isOf({
  name: isText,
  on: isTexts,
  where: orNull(isText),
  who: isTexts,
  home: isTexts,
  away: isTexts,
  during: isWindows,
  drift: isFlag,
  to: isTexts,
  urgency: isText,
  group: isText,
  cooldown: isNumber,
  remind: orNull(isNumber),
  escalate: orNull(isOf({ after: isNumber, to: isTexts })),
  through: isFlag,
  resolved: isFlag,
  enabled: isFlag,
});

const CHANNEL = isOf({
  name: isText,
  kind: isText,
  options: isOf({}),
  usual: isFlag,
  quiet: orNull(isWindows),
  ceiling: isNumber,
  ttl: isNumber,
  fallback: orNull(isText),
});

const MUTE = isOf({
  kind: isText,
  rule: orNull(isText),
  kinds: isTexts,
  where: orNull(isText),
  from: isNumber,
  until: orNull(isNumber),
  why: orNull(isText),
  by: orNull(isText),
});

const INCIDENT = isOf({
  id: isNumber,
  rule: isText,
  urgency: isText,
  to: isTexts,
  title: isText,
  subjects: isListOf(isOf({ key: isText, over: isFlag })),
  count: isNumber,
  openedAt: isNumber,
  changedAt: isNumber,
});

const NOTIFICATION = isOf({
  id: isNumber,
  key: isText,
  channel: isText,
  kind: isText,
  title: isText,
  lines: isListOf(isOf({ seq: isNumber, at: isNumber, kind: isText, text: isText })),
  more: isNumber,
  madeAt: isNumber,
  dueAt: isNumber,
  state: isText,
  attempts: isNumber,
});

export const isRule = (value: unknown): value is Rule => RULE(value);
export const isChannel = (value: unknown): value is ChannelSetup => CHANNEL(value);
export const isMute = (value: unknown): value is Omit<Mute, 'id'> => MUTE(value);
export const isIncident = (value: unknown): value is Incident => INCIDENT(value);
export const isNotification = (value: unknown): value is Notification => NOTIFICATION(value);
