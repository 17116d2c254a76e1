import type { ClueKind, LabelEdit, Mac, NameSource, Protocol } from '../../core/index.ts';
import { digits } from '../dice.ts';

/** The simulated networks. `yard` lies behind a router, which hides hardware addresses. */
export const NETS = {
  home: { block: '192.168.77.0/24', prefix: '192.168.77.', iface: 'wlan0', domain: 'home.example', routed: false },
  desks: { block: '10.20.30.0/24', prefix: '10.20.30.', iface: 'eth1', domain: 'office.example', routed: false },
  yard: { block: '10.20.40.0/24', prefix: '10.20.40.', iface: 'eth1', domain: 'office.example', routed: true },
} as const;

export type NetKey = keyof typeof NETS;
export const NET_KEYS = Object.keys(NETS) as readonly NetKey[];

/** When something is in its network. */
export type Habit =
  | { readonly kind: 'always' }
  /** Where its owner is, and asleep in a pocket now and then. */
  | { readonly kind: 'with'; readonly person: string }
  /** Switched on at an hour of the day, and off at another, on some days of the week (0: Sunday). */
  | { readonly kind: 'hours'; readonly on: number; readonly off: number; readonly days: readonly number[] }
  /** Only when the story brings it. */
  | { readonly kind: 'never' };

/** What listens on a port. */
export interface Served {
  readonly port: number;
  readonly protocol: Protocol;
  /** As nmap calls it: "ssh". */
  readonly name: string;
  readonly product: string;
  readonly version: string;
  readonly extra: string;
  /** Seed of its SSH host key. */
  readonly key: string | null;
  readonly certificate: { readonly name: string; readonly issuer: string | null; readonly days: number } | null;
  readonly title: string | null;
  readonly server: string | null;
}

/** One device of the story. */
export interface Thing {
  readonly key: string;
  readonly net: NetKey;
  /** Last part of its address. */
  readonly host: number;
  /** null where a router hides it. */
  readonly mac: Mac | null;
  /** What it is called, without domain; null: nobody calls it anything. */
  readonly name: string | null;
  /** Who tells that name. */
  readonly sources: readonly NameSource[];
  readonly clues: readonly (readonly [kind: ClueKind, value: string])[];
  readonly os: string | null;
  readonly serves: readonly Served[];
  readonly habit: Habit;
  /** How often it does not answer a look although it is there, 0..1. */
  readonly drowsy: number;
  /** What people say of it from the first day on. */
  readonly said: LabelEdit;
}

/** What a row of the story says of a thing: the rest is as usual. */
export interface Row extends Partial<Omit<Thing, 'key' | 'net' | 'host' | 'mac'>> {
  /** Prefix of its maker, or of an address that it made up ("random"). */
  readonly card?: string;
}

const ALWAYS: Habit = { kind: 'always' };

/** A thing of the story, by a row of it. */
export function thing(key: string, [net, host]: readonly [NetKey, number], { card = 'random', ...row }: Row = {}): Thing {
  return {
    key,
    net,
    host,
    mac: NETS[net].routed ? null : macOf(card, key),
    name: key,
    sources: ['dns'],
    clues: [],
    os: null,
    serves: [],
    habit: ALWAYS,
    drowsy: 0,
    said: {},
    ...row,
  };
}

/** A hardware address that is always the same for the same words. */
export function macOf(card: string, words: string): Mac {
  const own = digits(12, 'card', words);
  // Bit two of the first byte says that nobody registered it; the lowest would make it a group.
  const text = card === 'random' ? `${own[0]}${'26ae'[Number.parseInt(own.slice(1, 2), 16) % 4]}${own.slice(2)}` : `${card}${own}`;
  return (text.slice(0, 12).match(/../g) ?? []).join(':');
}

export const addressOf = (net: NetKey, host: number): string => `${NETS[net].prefix}${host}`;
