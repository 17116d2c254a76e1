import { CHANGE_KINDS, type ChannelSetup, type Incident, type Mute, type Notification, type Rule } from '../core/index.ts';
import { isFlag, isListOf, isNumber, isOf, isText, orNull, type Shape } from './shapes.ts';

const isTexts = isListOf(isText);
const isWindows = isListOf(isOf({ text: isText, days: isListOf(isNumber), from: isNumber, to: isNumber }));
const isKind: Shape = (value) => CHANGE_KINDS.some((kind) => kind === value);
const isCount: Shape = (value) => Number.isInteger(value) && Number(value) >= 0;
/** Of no length it would be over again at once, for ever. */
const isSpan: Shape = (value) => isNumber(value) && Number(value) > 0;

const RULE = isOf({
  name: isText,
  on: isListOf(isKind),
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
  remind: orNull(isSpan),
  escalate: orNull(isOf({ after: isSpan, to: isTexts })),
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
  ceiling: isCount,
  ttl: isNumber,
  fallback: orNull(isText),
});

const MUTE = isOf({
  kind: isText,
  rule: orNull(isText),
  kinds: isListOf(isKind),
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
  subjects: isListOf(isOf({ key: isText, over: isFlag, kind: (value) => value === undefined || isKind(value) })),
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
  lines: isListOf(isOf({ seq: isNumber, at: isNumber, kind: isKind, text: isText })),
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
