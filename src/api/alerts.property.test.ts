import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouterClient, ORPCError } from '@orpc/server';
import fc from 'fast-check';
import { asOwner } from '../../test/http/fake-access.ts';
import { fakeKeeper } from '../../test/http/fake-keeper.ts';
import { channel, mute, NTFY } from '../../test/make/stored-alerts.ts';
import { CHANGE_KINDS, type ChannelDraft, channelOf, type RuleDraft, ruleOf } from '../core/index.ts';
import type { ChannelStanding, MuteDraft } from '../watch/index.ts';
import { createRouter } from './router.ts';

const SETUP = channel();
const standing = (setup = SETUP): ChannelStanding => ({
  setup,
  what: null,
  trouble: null,
  waiting: 0,
  dead: 0,
  deliveredAt: null,
  againAt: null,
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('device.*', 'port.opened', '1h', '22:00-06:00', '*', '***', '/etc/passwd'),
);
const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('arrivals', 'phone', 'constructor', '__proto__', 'to-string') }, text);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((json) => json as unknown),
  text,
  fc.array(text, { maxLength: 4 }),
  fc.boolean(),
  fc.integer(),
);
/** What fits, by the key under which it does. */
const FITTING: Readonly<Record<string, unknown>> = {
  where: 'group:iot',
  who: ['anna', 'group:family'],
  home: ['bo'],
  away: [],
  during: ['Sat-Mon 22:00-06:00'],
  drift: true,
  to: ['*', 'phone'],
  urgency: 'high',
  group: 'subject',
  cooldown: '0s',
  remind: '30m',
  escalate: { after: '1h', to: ['phone'] },
  through: true,
  usual: false,
  quiet: ['22:00-06:00'],
  ceiling: 0,
  ttl: '3d',
  fallback: 'mail',
  kind: 'mute',
  rule: 'arrivals',
  kinds: ['device.*'],
  until: '2h',
  why: 'moving',
  by: 'ada',
};
const RULE_KEYS = [
  'where',
  'who',
  'home',
  'away',
  'during',
  'drift',
  'to',
  'urgency',
  'group',
  'cooldown',
  'remind',
  'escalate',
  'through',
];
const CHANNEL_KEYS = ['usual', 'quiet', 'ceiling', 'ttl', 'fallback'];
const MUTE_KEYS = ['kind', 'rule', 'kinds', 'where', 'until', 'why', 'by'];
/** Some words that fit, and now and then one that may not. */
const some = (keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      fc.subarray([...keys], { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...keys, 'source'), text), value, { maxKeys: 1 }),
    )
    .map(([fitting, odd]) => ({ ...Object.fromEntries(fitting.map((key) => [key, FITTING[key]])), ...odd }));
const anyOptions = fc.oneof(
  fc.dictionary(fc.constantFrom('topic', 'token', 'tags', 'server', '__proto__', 'constructor'), value, { maxKeys: 3 }),
  value,
);
const anyRule = fc.record({
  name,
  on: fc.oneof(fc.constant(['port.*', 'device.left']), fc.array(text, { minLength: 1, maxLength: 3 }), value),
  rest: some(RULE_KEYS),
});
const anyChannel = fc.record({ name, kind: fc.oneof(fc.constant('ntfy'), value), options: anyOptions, rest: some(CHANNEL_KEYS) });

/** Asks in process, by a caller from afar; `undefined` for what is refused as bad input or not allowed. */
async function asked<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (refusal) {
    assert.ok(refusal instanceof ORPCError, String(refusal));
    assert.ok(['bad-input', 'refused', 'not-found'].includes(refusal.code), `${refusal.code} ${refusal.message}`);
    assert.ok(typeof refusal.data.remedy === 'string' && refusal.data.remedy.length > 0, refusal.message);
    return undefined;
  }
}

function door() {
  const [rules, channels, mutes]: [RuleDraft[], ChannelDraft[], MuteDraft[]] = [[], [], []];
  const keeper = fakeKeeper({
    rules: () => [ruleOf({ name: 'arrivals', on: ['device.appeared'] }, 'user')],
    channelKinds: () => [NTFY],
    channels: async () => [standing()],
    putRule: async (draft) => (rules.push(draft), ruleOf(draft, 'user')),
    putChannel: async (draft) => (channels.push(draft), standing(channelOf(draft, 'user'))),
    mute: async (draft) => (mutes.push(draft), mute()),
  });
  const client: any = createRouterClient(createRouter(), { context: { ...asOwner(), keeper, local: false } });
  return { client, rules, channels, mutes };
}

test('whatever is written as a rule is refused in words, or reaches the keeper as one', async () => {
  const { client, rules } = door();
  await fc.assert(
    fc.asyncProperty(anyRule, async ({ rest, ...rule }) => {
      await asked(client.rules.put({ ...rest, ...rule }));
      await asked(client.rules.edit({ ...rest, name: rule.name }));
    }),
    { numRuns: 500 },
  );
  assert.ok(rules.length > 20, `only ${rules.length} were taken`);
  for (const rule of rules) {
    assert.ok(rule.on.length > 0 && rule.on.every((kind) => CHANGE_KINDS.includes(kind)));
    for (const length of [rule.cooldown, rule.remind, rule.escalate?.after])
      assert.ok((length ?? 0) >= 0 && Number.isSafeInteger(length ?? 0));
    assert.match(rule.name, /^[a-z0-9-]+$/);
  }
});

test('whatever is written as a channel is refused in words, or reaches the keeper as one, without a file and with no secret said', async () => {
  const { client, channels } = door();
  await fc.assert(
    fc.asyncProperty(anyChannel, async ({ rest, ...words }) => {
      for (const answer of [
        await asked(client.channels.put({ ...rest, ...words })),
        await asked(client.channels.edit({ ...rest, name: words.name })),
      ]) {
        const told = answer as { options: Record<string, unknown> } | undefined;
        if (told && 'token' in told.options) assert.ok(told.options['token'] === '***' || told.options['token'] === null);
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(channels.length > 20, `only ${channels.length} were taken`);
  for (const { options } of channels)
    for (const one of Object.values(options).flat()) assert.ok(typeof one !== 'string' || !one.startsWith('/'));
});

test('whatever is written as a mute is refused in words, or reaches the keeper as one that ends or covers something', async () => {
  const { client, mutes } = door();
  await fc.assert(
    fc.asyncProperty(some(MUTE_KEYS), async (words) => {
      await asked(client.mutes.add(words));
    }),
    { numRuns: 500 },
  );
  assert.ok(mutes.length > 5, `only ${mutes.length} were taken`);
  for (const { kind, until, rule, kinds, where } of mutes)
    assert.ok(until !== null || (kind === 'mute' && (rule !== null || kinds.length > 0 || where !== null)));
});
