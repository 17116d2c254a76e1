import type { Config } from '../../config/index.ts';
import type { ChannelSetup, ChannelTraits, Clock, Millis, Mute, Rule, Store } from '../../core/index.ts';
import { parseFilter } from '../../inventory/index.ts';
import { type Terms, USUAL_RULES } from '../../rules/index.ts';
import { partyName } from './parties.ts';

export interface BookParts {
  readonly site: string;
  readonly store: Store;
  readonly clock: Clock;
  /** The config in force. */
  readonly config: () => Config;
}

type Named = { readonly name: string };

/** What is judged may have happened while nobody judged: a mute counts for that, too, though it is over by now. */
const LATE: Millis = 7 * 86_400_000;

/** Rules, channels and mutes in force: what comes with the program, what the config says, and what people made. */
export class AlertBook {
  readonly #parts: BookParts;
  /** What is known of the kinds of channels there are; none until somebody needs it. */
  kinds: readonly ChannelTraits[] = [];
  #rules: readonly Rule[] = [];
  #channels: readonly ChannelSetup[] = [];
  #mutes: readonly Mute[] = [];
  #unreadable: readonly string[] = [];

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  /** Reads what people made, at the start and after each change of it. */
  async load(): Promise<void> {
    const { store, site, clock } = this.#parts;
    const kept = [store.alertRules(site), store.alertChannels(site), store.mutes(site, clock.now() - LATE)] as const;
    [this.#rules, this.#channels, this.#mutes] = await Promise.all(kept);
    this.#unreadable = await store.unreadableAlertTerms(site);
  }

  /** What people made and nobody can read any more ("rule night"): all else holds without it. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Those that come with the program, those of the config, those of people; of one name the config's counts, then that of a person. */
  get rules(): readonly Rule[] {
    return rulesIn(this.#parts.config(), this.#rules);
  }

  /** Those of the config, and those of people that it does not name. */
  get channels(): readonly ChannelSetup[] {
    return channelsIn(this.#parts.config(), this.#channels);
  }

  /** What holds once another config is in force. */
  under(config: Config): { readonly rules: readonly Rule[]; readonly channels: readonly ChannelSetup[] } {
    return { rules: rulesIn(config, this.#rules), channels: channelsIn(config, this.#channels) };
  }

  /** Those that people made, also where the config hides them. */
  get ofPeople(): { readonly rules: readonly Rule[]; readonly channels: readonly ChannelSetup[] } {
    return { rules: this.#rules, channels: this.#channels };
  }

  /** What is judged by. */
  get terms(): Terms {
    const { site, config } = this.#parts;
    const { alerts, upkeep } = config();
    const edits = new Map(this.kinds.map((traits) => [traits.kind, traits.edits]));
    return {
      site,
      rules: this.rules.map(asJudged),
      channels: this.channels.map((setup) => ({ ...setup, edits: edits.get(setup.kind) ?? false })),
      // A silence nobody can read must not silence anything.
      mutes: this.#mutes.filter(isReadable),
      upkeep: upkeep.filter(isReadable),
      quiet: alerts.quiet,
      zone: alerts.zone ?? ownZone(),
    };
  }
}

/** Happenings name people and groups as they are compared. */
export const asJudged = (rule: Rule): Rule => (rule.who.length === 0 ? rule : { ...rule, who: rule.who.map(partyName) });

function rulesIn({ rules, alerts }: Config, ofPeople: readonly Rule[]): readonly Rule[] {
  const people = without(ofPeople, rules);
  const usual = alerts.usual ? without(USUAL_RULES, [...rules, ...people]) : [];
  return [usual, rules, people].flatMap((some) => some.toSorted(byName));
}

const channelsIn = ({ channels }: Config, ofPeople: readonly ChannelSetup[]): readonly ChannelSetup[] =>
  [channels, without(ofPeople, channels)].flatMap((some) => some.toSorted(byName));

function without<T extends Named>(some: readonly T[], others: readonly Named[]): readonly T[] {
  const names = new Set(others.map(({ name }) => name));
  return some.filter(({ name }) => !names.has(name));
}

const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : 1);
const isReadable = ({ where }: { readonly where: string | null }): boolean => where === null || parseFilter(where).ok;

let zoneHere: string | null = null;
/** This process has one from its start on; to ask for it takes longer than to judge by it. */
const ownZone = (): string => (zoneHere ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
