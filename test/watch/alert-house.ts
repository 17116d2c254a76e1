import type { Config } from '../../src/config/index.ts';
import { DEFAULTS } from '../../src/config/index.ts';
import { type ChannelSetup, type Observation, type Rule, type RuleDraft, ruleOf, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { ApproveRequest } from '../../src/watch/index.ts';
import { AT, MINUTE, seen } from '../make/device.ts';
import { ManualClock } from './manual-clock.ts';
import { channel, RecordingChannels } from './recording-channels.ts';
import { declared, every, LAN, type Stand, stand, type Wish, watching } from './stand.ts';

/** A watched house in which hosts come and go as a test says, and of which sinks are told. */
export interface AlertHouse {
  readonly made: Stand;
  readonly sinks: RecordingChannels;
  /** Who answers from now on, by the last number of their address. */
  set(...hosts: readonly number[]): void;
}

export interface HouseWish extends Omit<Wish, 'channels' | 'config'> {
  readonly rules?: readonly Rule[];
  readonly channels?: readonly ChannelSetup[];
  readonly config?: Partial<Config>;
  readonly alerts?: Partial<Config['alerts']>;
  /** Who answers at first. */
  readonly hosts?: readonly number[];
  readonly sinks?: RecordingChannels;
}

/** Tells each newcomer by itself, to all channels. */
export const NEWCOMERS = rule({ name: 'newcomers', on: ['device.appeared'], group: 'subject', resolved: false });

export function rule(draft: RuleDraft): Rule {
  return ruleOf(draft, 'config');
}

/** Without the usual rules, and with one channel, "phone", that is told however much there is. */
export async function alertHouse(wish: HouseWish = {}): Promise<AlertHouse> {
  const { rules = [NEWCOMERS], channels = [channel('phone', { ceiling: 0 })], alerts, hosts = [1], ...rest } = wish;
  const clock = wish.clock ?? new ManualClock(AT);
  const sinks = wish.sinks ?? new RecordingChannels(clock);
  let here: readonly Observation[] = hosts.map(host);
  const told = { rules, channels, alerts: { ...DEFAULTS.alerts, usual: false, zone: 'UTC', ...alerts } };
  const config = { ...watching(declared(LAN, every(MINUTE))), ...told, ...wish.config };
  const made = await stand({ script: () => ({ hosts: here, takes: 1000 }), ...rest, clock, config, channels: sinks });
  return { made, sinks, set: (...numbers) => void (here = numbers.map(host)) };
}

export const host = (number: number): Observation => seen(`10.0.0.${number}`, number);

/** These may be here, with what is open on them. */
export const approving = (choice: ApproveRequest['choice']): ApproveRequest => ({
  choice,
  places: null,
  closeness: 'port',
  by: null,
  why: null,
  until: null,
  dryRun: false,
});

/** Where a process dies. */
export interface Death {
  readonly method: keyof Store;
  /** Which call of it, from 1. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

export interface MortalStore {
  readonly store: Store;
  /** What a process sees of it that dies there: from then on nothing answers, and nothing is written. */
  readonly seen: Store;
  /** Dies now. */
  die(): void;
  readonly isDead: () => boolean;
}

/** A store, and how a process sees it that will be killed. */
export async function mortal(death: Death | null, store?: Store): Promise<MortalStore> {
  const kept = store ?? (await openStore({ kind: 'memory' }));
  let [dead, calls] = [false, 0];
  const never = new Promise<never>(() => {});
  const seenBy = new Proxy(kept, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return async (...words: unknown[]) => {
        const meant = death !== null && key === death.method && ++calls === death.nth;
        if (meant && death.when === 'before') dead = true;
        if (dead) return never;
        const answer: unknown = await Reflect.apply(method, target, words);
        if (meant) dead = true;
        return dead ? never : answer;
      };
    },
  });
  return { store: kept, seen: seenBy, die: () => void (dead = true), isDead: () => dead };
}
