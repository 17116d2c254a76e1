import { contract } from '../../src/contract/index.ts';
import { channelOf, ruleOf } from '../../src/core/index.ts';
import type { Backtest, ChannelStanding } from '../../src/watch/index.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { channel, incident, mute, NTFY, notification, rule, verdict } from '../make/stored-alerts.ts';
import { change } from './fake-keeper.ts';
import { type Case, json } from './operation-case.ts';

const RULE = rule({
  where: '-tag:ok',
  who: ['anna', 'group:family'],
  remind: 30 * MINUTE,
  escalate: { after: HOUR, to: ['phone'] },
});

export const STANDING: ChannelStanding = {
  setup: channel(),
  what: 'ntfy topic home',
  trouble: 'it answered 503',
  waiting: 2,
  dead: 1,
  deliveredAt: AT,
  againAt: AT + MINUTE,
};

const BACKTEST: Backtest = {
  since: AT - 24 * HOUR,
  until: AT,
  asked: 9,
  sent: [notification({ state: 'waiting', endedAt: null, receipt: null, handle: null })],
  verdicts: [
    { verdict: 'tell', reason: 'first', count: 1, example: 'it opens an incident' },
    { verdict: 'quiet', reason: 'device', count: 8, example: 'nas does not fit -tag:ok' },
  ],
  cut: false,
};

const WORDS = {
  name: 'arrivals',
  on: ['device.*', 'vantage.blind'],
  where: '-tag:ok',
  during: ['22:00-06:00'],
  urgency: 'high',
  cooldown: '1h',
  remind: '30m',
  escalate: { after: '1h', to: ['phone'] },
} as const;
const words = { ...WORDS, on: [...WORDS.on], during: [...WORDS.during], escalate: { after: '1h', to: ['phone'] } };

const CHANNEL = { name: 'phone', kind: 'ntfy', options: { topic: 'home', token: 'canary-of-the-test' }, quiet: ['22:00-06:00'], ttl: '2d' };

/** Operations about who hears of what. */
export const ALERT_CASES: Record<string, Case> = {
  'rules.list': {
    answers: { rules: () => [rule({ name: 'new-device' }, 'usual'), RULE] },
    rest: ['/api/v1/rules'],
    call: (client) => client.rules.list(),
    procedure: contract.rules.list,
  },
  'rules.show': {
    answers: { rules: () => [RULE] },
    rest: ['/api/v1/rules/arrivals'],
    call: (client) => client.rules.show({ name: 'arrivals' }),
    procedure: contract.rules.show,
  },
  'rules.put': {
    answers: { putRule: async (draft) => ruleOf(draft, 'user') },
    rest: ['/api/v1/rules', json('POST', words)],
    call: (client) => client.rules.put(words),
    procedure: contract.rules.put,
  },
  'rules.edit': {
    answers: { rules: () => [RULE], putRule: async (draft) => ruleOf(draft, 'user') },
    rest: ['/api/v1/rules/arrivals', json('PATCH', { urgency: 'critical', where: null, remind: null })],
    call: (client) => client.rules.edit({ name: 'arrivals', urgency: 'critical', where: null, remind: null }),
    procedure: contract.rules.edit,
  },
  'rules.drop': {
    answers: { dropRule: async (name) => ({ ...RULE, name }) },
    rest: ['/api/v1/rules/arrivals', { method: 'DELETE' }],
    call: (client) => client.rules.drop({ name: 'arrivals' }),
    procedure: contract.rules.drop,
  },
  'rules.test': {
    answers: { testRule: async () => BACKTEST },
    rest: ['/api/v1/rules/test', json('POST', { rule: words, since: '30d', until: '1d' })],
    call: (client) => client.rules.test({ rule: words, since: '30d', until: '1d' }),
    procedure: contract.rules.test,
  },
  'channels.kinds': {
    answers: { channelKinds: () => [NTFY] },
    rest: ['/api/v1/channels/kinds'],
    call: (client) => client.channels.kinds(),
    procedure: contract.channels.kinds,
  },
  'channels.list': {
    answers: { channelKinds: () => [NTFY], channels: async () => [STANDING] },
    rest: ['/api/v1/channels'],
    call: (client) => client.channels.list(),
    procedure: contract.channels.list,
  },
  'channels.put': {
    answers: {
      channelKinds: () => [NTFY],
      channels: async () => [],
      putChannel: async (draft) => ({ ...STANDING, setup: channelOf(draft, 'user') }),
    },
    rest: ['/api/v1/channels', json('POST', CHANNEL)],
    call: (client) => client.channels.put(CHANNEL),
    procedure: contract.channels.put,
  },
  'channels.edit': {
    answers: {
      channelKinds: () => [NTFY],
      channels: async () => [STANDING],
      putChannel: async (draft) => ({ ...STANDING, setup: channelOf(draft, 'user') }),
    },
    rest: [
      '/api/v1/channels/phone',
      json('PATCH', { options: { topic: 'work' }, usual: false, fallback: 'mail', ceiling: 0, quiet: null }),
    ],
    call: (client) =>
      client.channels.edit({ name: 'phone', options: { topic: 'work' }, usual: false, fallback: 'mail', ceiling: 0, quiet: null }),
    procedure: contract.channels.edit,
  },
  'channels.drop': {
    answers: { channelKinds: () => [NTFY], dropChannel: async (name) => channel({ name }) },
    rest: ['/api/v1/channels/phone', { method: 'DELETE' }],
    call: (client) => client.channels.drop({ name: 'phone' }),
    procedure: contract.channels.drop,
  },
  'channels.test': {
    answers: {
      testChannel: async () => ({
        delivery: { outcome: 'refused', reason: 'it answered 429', remedy: 'wait', what: 'channel', again: true, after: 90_000 },
        exchange: [{ from: 'us', text: 'POST /home HTTP/1.1' }],
      }),
    },
    rest: ['/api/v1/channels/phone/test', { method: 'POST' }],
    call: (client) => client.channels.test({ name: 'phone' }),
    procedure: contract.channels.test,
  },
  'mutes.list': {
    answers: { mutes: async ({ all }) => [mute(), mute({ id: 3, until: null, endedAt: all ? AT : null })] },
    rest: ['/api/v1/mutes?over=yes'],
    call: (client) => client.mutes.list({ over: 'yes' }),
    procedure: contract.mutes.list,
  },
  'mutes.add': {
    answers: { mute: async ({ from, ...draft }) => mute({ ...draft, from: from ?? AT, until: AT + HOUR }) },
    rest: ['/api/v1/mutes', json('POST', { kind: 'maintenance', kinds: ['port.*'], until: '1h', why: 'new router', by: 'ada' })],
    call: (client) => client.mutes.add({ kind: 'maintenance', kinds: ['port.*'], until: '1h', why: 'new router', by: 'ada' }),
    procedure: contract.mutes.add,
  },
  'mutes.end': {
    answers: { unmute: async (id) => mute({ id, endedAt: AT }) },
    rest: ['/api/v1/mutes/2', { method: 'DELETE' }],
    call: (client) => client.mutes.end({ id: 2 }),
    procedure: contract.mutes.end,
  },
  'incidents.list': {
    answers: { incidents: async () => [incident({ acknowledged: { at: AT, by: null } })] },
    rest: ['/api/v1/incidents?over=yes&before=9&limit=5'],
    call: (client) => client.incidents.list({ over: 'yes', before: 9, limit: 5 }),
    procedure: contract.incidents.list,
  },
  'incidents.show': {
    answers: { incidents: async () => [incident({ closedAt: AT, closedBy: 'over' })], notifications: async () => [notification()] },
    rest: ['/api/v1/incidents/3'],
    call: (client) => client.incidents.show({ id: 3 }),
    procedure: contract.incidents.show,
  },
  'incidents.acknowledge': {
    answers: { acknowledge: async (_, by) => [incident({ acknowledged: { at: AT, by } })] },
    rest: ['/api/v1/incidents/acknowledge', json('POST', { ids: 'open', by: 'ada' })],
    call: (client) => client.incidents.acknowledge({ ids: 'open', by: 'ada' }),
    procedure: contract.incidents.acknowledge,
  },
  'notifications.list': {
    answers: { notifications: async () => [notification({ state: 'dead', because: 'it answered 413', receipt: null })] },
    rest: ['/api/v1/notifications?state=dead&state=waiting&channel=phone&incident=3&before=9&limit=5'],
    call: (client) => client.notifications.list({ state: ['dead', 'waiting'], channel: 'phone', incident: 3, before: 9, limit: 5 }),
    procedure: contract.notifications.list,
  },
  'notifications.resend': {
    answers: { resend: async (ids) => ids.map((id) => notification({ id, state: 'waiting', endedAt: null })) },
    rest: ['/api/v1/notifications/resend', json('POST', { ids: [5, 6] })],
    call: (client) => client.notifications.resend({ ids: [5, 6] }),
    procedure: contract.notifications.resend,
  },
  'why.change': {
    answers: { whyChange: async (seq) => ({ change: change(seq), steps: [], beside: [] }), verdictOf: async () => verdict() },
    rest: ['/api/v1/why/changes/12'],
    call: (client) => client.why.change({ seq: 12 }),
    procedure: contract.why.change,
  },
};
