import type {
  ChangeKind,
  ChannelDraft,
  ChannelSetup,
  ChannelTraits,
  Delivery,
  ExchangeLine,
  Incident,
  IncidentId,
  IncidentQuery,
  Instant,
  Mute,
  Notification,
  NotificationQuery,
  Rule,
  RuleDraft,
  RuleVerdict,
  Verdict,
} from '../core/index.ts';

/** A channel, and how it does. */
export interface ChannelStanding {
  /** Secret options are shown as stars. */
  readonly setup: ChannelSetup;
  /** For people: "mail to ops@example.org"; null when it cannot be opened. */
  readonly what: string | null;
  /** What keeps it from delivering now; null: nothing. */
  readonly trouble: string | null;
  readonly waiting: number;
  readonly dead: number;
  readonly deliveredAt: Instant | null;
  /** When it is tried again; null: nothing waits for that. */
  readonly againAt: Instant | null;
}

export interface ChannelTest {
  readonly delivery: Delivery;
  readonly exchange: readonly ExchangeLine[];
}

export interface MuteDraft {
  readonly kind: Mute['kind'];
  readonly rule: string | null;
  readonly kinds: readonly ChangeKind[];
  readonly where: string | null;
  /** null: from now on. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly why: string | null;
  readonly by: string | null;
}

/** What a rule would have sent. */
export interface Backtest {
  readonly since: Instant;
  readonly until: Instant;
  /** Changes of the kinds it asks for. */
  readonly asked: number;
  /** Notifications in the order in which they would have gone out: `dueAt` is when. */
  readonly sent: readonly Notification[];
  /** How often it would have told or kept quiet, by reason. */
  readonly verdicts: readonly (Pick<RuleVerdict, 'verdict' | 'reason'> & { readonly count: number; readonly example: string })[];
  /** Whether there was more than is looked at, or would have been sent. */
  readonly cut: boolean;
}

/** Who hears of what, and what became of it. Faults as of the keeper: bad-input, not-found, refused (set by the config file). */
export interface Alerting {
  /** Those that come with the program, those of the config, those that people made; by name within these. */
  rules(): readonly Rule[];
  /** New, or in place of the one of that name. Refused when it can never work. */
  putRule(draft: RuleDraft): Promise<Rule>;
  /** One that comes with the program cannot be dropped: it is disabled by putting it so. */
  dropRule(name: string): Promise<Rule>;
  /** By name, or one that is not kept. Nothing is sent or stored. */
  testRule(rule: string | RuleDraft, span: { readonly since: Instant; readonly until: Instant | null }): Promise<Backtest>;

  channelKinds(): readonly ChannelTraits[] | Promise<readonly ChannelTraits[]>;
  channels(): Promise<readonly ChannelStanding[]>;
  /** A secret option given as stars stays as it was. */
  putChannel(draft: ChannelDraft): Promise<ChannelStanding>;
  /** Refused while a rule names it. */
  dropChannel(name: string): Promise<ChannelSetup>;
  /** Sends one message, now, past every rule. */
  testChannel(name: string): Promise<ChannelTest>;

  mutes(query: { readonly all: boolean }): Promise<readonly Mute[]>;
  mute(draft: MuteDraft): Promise<Mute>;
  unmute(id: number): Promise<Mute>;

  incidents(query: Omit<IncidentQuery, 'site'>): Promise<readonly Incident[]>;
  /** 'open': all that are. Those that were acknowledged before stay as they were. */
  acknowledge(ids: readonly IncidentId[] | 'open', by: string | null): Promise<readonly Incident[]>;

  notifications(query: Omit<NotificationQuery, 'site'>): Promise<readonly Notification[]>;
  /** Dead ones are sent anew. Fault not-found, or refused for one that is not dead. */
  resend(ids: readonly number[]): Promise<readonly Notification[]>;

  /** null: not judged yet. Of changes before there were rules, too. */
  verdictOf(seq: number): Promise<Verdict | null>;
}
