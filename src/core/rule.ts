import type { ChangeKind, JsonObject } from './change.ts';
import type { QuietWindow } from './quiet-hours.ts';
import type { Instant, Millis } from './time.ts';

/** How loud something is told. critical goes through quiet hours. */
export const URGENCIES = ['low', 'normal', 'high', 'critical'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** What is told together: changes of one scan, of one device (or place, or person), or all that one rule tells. */
export const GROUPINGS = ['cause', 'subject', 'rule'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a person wants to hear of: when all of its conditions hold, its channels are told. */
export interface Rule {
  /** Letters a-z, digits and dashes; at most 60; one rule of a site has it. */
  readonly name: string;
  /** Kinds of changes; never empty. */
  readonly on: readonly ChangeKind[];
  /** Filter words that the device must fit; null: any device, and changes that are of none. */
  readonly where: string | null;
  /** People ("anna") and groups ("group:family") that the change must be about; empty: whomever. */
  readonly who: readonly string[];
  /** People and groups of whom somebody must be home, and of whom nobody may be; empty: no matter. */
  readonly home: readonly string[];
  readonly away: readonly string[];
  /** Stretches of the week outside which it is silent, by the clock of [alerts]; empty: always. */
  readonly during: readonly QuietWindow[];
  /** Only what leaves the device (or the port of the change) otherwise than it was approved. */
  readonly drift: boolean;
  /** Names of channels; "*" is all that take the usual rules. */
  readonly to: readonly string[];
  readonly urgency: Urgency;
  readonly group: Grouping;
  /** The same kind of change of the same subject is not told again within; 0: always. */
  readonly cooldown: Millis;
  /** Told again this often until acknowledged or over; null: never. */
  readonly remind: Millis | null;
  /** Told to others when it is neither acknowledged nor over after this long; null: never. */
  readonly escalate: { readonly after: Millis; readonly to: readonly string[] } | null;
  /** Whether quiet hours are passed through; critical ones always do. */
  readonly through: boolean;
  /** Whether it is told that it is over. */
  readonly resolved: boolean;
  readonly enabled: boolean;
  /** `usual` ones come with the program, `config` ones are read-only elsewhere. */
  readonly source: 'usual' | 'config' | 'user';
}

/** A way to somebody, as it is set up. Options are of its kind; they may hold secrets and are never shown whole. */
export interface ChannelSetup {
  /** As of a rule. */
  readonly name: string;
  readonly kind: string;
  readonly options: JsonObject;
  /** Whether the usual rules tell it. */
  readonly usual: boolean;
  /** Its own quiet stretches; null: those of [alerts]. */
  readonly quiet: readonly QuietWindow[] | null;
  /** Notifications of one cause in ten minutes; 0: however many. */
  readonly ceiling: number;
  /** What could not be delivered after this long is given up. */
  readonly ttl: Millis;
  /** Channel that is told what this one could not deliver; null: none. */
  readonly fallback: string | null;
  readonly source: 'config' | 'user';
}

/** What is kept silent (`mute`), or told only when it is over (`maintenance`), for a while. */
export interface Mute {
  readonly id: number;
  readonly site: string;
  readonly kind: 'mute' | 'maintenance';
  /** What it covers: all that is said must fit; null and empty: no matter. */
  readonly rule: string | null;
  readonly kinds: readonly ChangeKind[];
  readonly where: string | null;
  readonly from: Instant;
  /** null: until a person ends it (mutes only). */
  readonly until: Instant | null;
  readonly why: string | null;
  readonly by: string | null;
  readonly madeAt: Instant;
  /** When a person ended it; null while nobody did. */
  readonly endedAt: Instant | null;
}

/** Maintenance that comes again each week, as the config says. */
export interface Upkeep {
  readonly name: string;
  readonly hours: readonly QuietWindow[];
  readonly where: string | null;
  readonly why: string | null;
}

/** A rule as a person writes it: whatever is left out is as usual. */
export type RuleDraft = Pick<Rule, 'name' | 'on'> & Partial<Omit<Rule, 'source'>>;

export type ChannelDraft = Pick<ChannelSetup, 'name' | 'kind' | 'options'> & Partial<Omit<ChannelSetup, 'source'>>;
