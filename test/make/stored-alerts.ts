import {
  type ChannelSetup,
  type ChannelTraits,
  channelOf,
  type Incident,
  type Mute,
  type Notification,
  type Rule,
  type RuleDraft,
  ruleOf,
  type TellLine,
  type Verdict,
} from '../../src/core/index.ts';
import { AT, MINUTE } from './device.ts';

export const rule = (draft: Partial<RuleDraft> = {}, source: Rule['source'] = 'user'): Rule =>
  ruleOf({ name: 'arrivals', on: ['device.appeared'], ...draft }, source);

export const channel = (fields: Partial<ChannelSetup> = {}): ChannelSetup => ({
  ...channelOf({ name: 'phone', kind: 'ntfy', options: { topic: 'home', token: '***' } }, 'user'),
  ...fields,
});

export const NTFY: ChannelTraits = {
  kind: 'ntfy',
  what: 'a topic of ntfy',
  edits: true,
  secrets: ['token'],
  options: [
    { key: 'topic', what: 'name of the topic', needed: true },
    { key: 'token', what: 'access token', needed: false },
  ],
};

export const line = (fields: Partial<TellLine> = {}): TellLine => ({
  seq: 12,
  at: AT,
  kind: 'device.appeared',
  text: 'nas appeared at 10.0.0.20',
  device: {
    id: 7,
    name: 'nas',
    address: '10.0.0.20',
    mac: '02:00:5e:00:53:01',
    vendor: null,
    type: 'nas',
    owner: null,
    groups: [],
    tags: ['new'],
    presence: 'present',
    ports: [{ protocol: 'tcp', port: 22 }],
  },
  place: null,
  before: null,
  after: { addresses: ['10.0.0.20'] },
  ...fields,
});

export const notification = (fields: Partial<Notification> = {}): Notification => ({
  id: 5,
  key: 'x1-5',
  site: 'home',
  channel: 'phone',
  kind: 'opened',
  rule: 'arrivals',
  incident: 3,
  urgency: 'normal',
  title: 'new device: nas',
  lines: [line()],
  more: 0,
  madeAt: AT,
  dueAt: AT,
  because: null,
  state: 'delivered',
  attempts: 1,
  endedAt: AT + MINUTE,
  receipt: '200 OK',
  handle: 'abc',
  instead: null,
  ...fields,
});

export const incident = (fields: Partial<Incident> = {}): Incident => ({
  id: 3,
  site: 'home',
  rule: 'arrivals',
  urgency: 'normal',
  to: ['phone'],
  title: 'new device: nas',
  subjects: [{ key: 'device:7', over: false }],
  firstSeq: 12,
  lastSeq: 12,
  count: 1,
  openedAt: AT,
  changedAt: AT,
  closedAt: null,
  closedBy: null,
  acknowledged: null,
  remindAt: AT + 30 * MINUTE,
  escalateAt: null,
  ...fields,
});

export const mute = (fields: Partial<Mute> = {}): Mute => ({
  id: 2,
  site: 'home',
  kind: 'mute',
  rule: 'arrivals',
  kinds: ['device.appeared'],
  where: 'group:iot',
  from: AT,
  until: AT + 120 * MINUTE,
  why: 'new router',
  by: 'ada',
  madeAt: AT,
  endedAt: null,
  ...fields,
});

export const verdict = (fields: Partial<Verdict> = {}): Verdict => ({
  seq: 12,
  at: AT,
  rules: [{ rule: 'arrivals', verdict: 'tell', reason: 'first', text: 'it opens incident 3', incident: 3 }],
  ...fields,
});
