import type {
  BacktestJson,
  ChannelJson,
  ChannelKindJson,
  IncidentJson,
  MuteJson,
  NotificationJson,
  RuleJson,
  TellLineJson,
} from '../../src/contract/index.ts';

export const AT = '2026-11-21T11:00:00.000Z';

export const rule = (over: Partial<RuleJson> = {}): RuleJson => ({
  name: 'cameras',
  on: ['device.left'],
  where: 'group:cameras',
  who: [],
  home: [],
  away: [],
  during: [],
  drift: false,
  to: ['phone'],
  urgency: 'high',
  group: 'cause',
  cooldown: '0s',
  remind: null,
  escalate: null,
  through: false,
  resolved: true,
  enabled: true,
  source: 'user',
  ...over,
});

export const channel = (over: Partial<ChannelJson> = {}): ChannelJson => ({
  name: 'phone',
  kind: 'ntfy',
  options: { topic: 'home', token: '***' },
  usual: true,
  quiet: null,
  ceiling: 3,
  ttl: '3d',
  fallback: null,
  source: 'user',
  what: 'ntfy topic home',
  trouble: null,
  waiting: 0,
  dead: 0,
  deliveredAt: AT,
  againAt: null,
  ...over,
});

export const NTFY: ChannelKindJson = {
  kind: 'ntfy',
  what: 'a topic of ntfy',
  edits: true,
  secrets: ['token'],
  options: [
    { key: 'topic', what: 'write the name of the topic', needed: true },
    { key: 'token', what: 'write the access token', needed: false },
  ],
};

export const tellLine = (over: Partial<TellLineJson> = {}): TellLineJson => ({
  seq: 12,
  at: AT,
  kind: 'device.left',
  text: 'nas left, last seen 11:00',
  device: null,
  place: null,
  before: null,
  after: null,
  ...over,
});

export const notification = (over: Partial<NotificationJson> = {}): NotificationJson => ({
  id: 5,
  key: 'x1-5',
  channel: 'phone',
  kind: 'opened',
  rule: 'cameras',
  incident: 3,
  urgency: 'high',
  title: 'nas left',
  lines: [tellLine()],
  more: 0,
  madeAt: AT,
  dueAt: AT,
  because: null,
  state: 'waiting',
  attempts: 0,
  endedAt: null,
  receipt: null,
  instead: null,
  ...over,
});

export const incident = (over: Partial<IncidentJson> = {}): IncidentJson => ({
  id: 3,
  rule: 'cameras',
  urgency: 'high',
  to: ['phone'],
  title: 'nas left',
  subjects: [{ key: 'device:7', over: false }],
  firstSeq: 12,
  lastSeq: 12,
  count: 1,
  openedAt: AT,
  changedAt: AT,
  closedAt: null,
  closedBy: null,
  acknowledged: null,
  remindAt: null,
  escalateAt: null,
  ...over,
});

export const mute = (over: Partial<MuteJson> = {}): MuteJson => ({
  id: 2,
  kind: 'mute',
  rule: 'cameras',
  kinds: ['device.left'],
  where: 'group:iot',
  from: AT,
  until: '2026-11-21T14:00:00.000Z',
  why: 'new router',
  by: 'ada',
  madeAt: AT,
  endedAt: null,
  ...over,
});

export const backtest = (over: Partial<BacktestJson> = {}): BacktestJson => ({
  since: '2026-10-22T12:00:00.000Z',
  until: '2026-11-21T12:00:00.000Z',
  asked: 9,
  sent: [notification({ lines: [tellLine(), tellLine({ seq: 13, text: 'cam left' })], more: 2 })],
  verdicts: [
    { verdict: 'tell', reason: 'first', count: 2, example: 'it opens an incident' },
    { verdict: 'quiet', reason: 'device', count: 7, example: 'tv does not fit group:cameras' },
  ],
  cut: false,
  ...over,
});
