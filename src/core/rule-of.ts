import type { ChannelDraft, ChannelSetup, Rule, RuleDraft } from './rule.ts';

const DAY = 86_400_000;

/** What holds where a rule is silent. */
const USUAL_RULE = {
  where: null,
  who: [],
  home: [],
  away: [],
  during: [],
  drift: false,
  to: ['*'],
  urgency: 'normal',
  group: 'cause',
  cooldown: 0,
  remind: null,
  escalate: null,
  through: false,
  resolved: true,
  enabled: true,
} as const satisfies Partial<Rule>;

/** A whole rule; what is undefined counts as left out. */
export const ruleOf = (draft: RuleDraft, source: Rule['source']): Rule => ({ ...USUAL_RULE, ...said(draft), source });

const USUAL_CHANNEL = { usual: true, quiet: null, ceiling: 3, ttl: 3 * DAY, fallback: null } as const satisfies Partial<ChannelSetup>;

/** A whole channel. `ceiling` of [alerts] holds where it names none. */
export const channelOf = (draft: ChannelDraft, source: ChannelSetup['source'], ceiling: number = USUAL_CHANNEL.ceiling): ChannelSetup => ({
  ...USUAL_CHANNEL,
  ceiling,
  ...said(draft),
  source,
});

const said = <T extends object>(draft: T): T => Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as T;
