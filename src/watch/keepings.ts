import type { Config } from '../config/index.ts';
import { countAddresses, type Instant, type Scan, subtractRanges, type Target, type TargetId } from '../core/index.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Grounds } from './gates.ts';
import { groundsOf } from './grounds.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import type { WatcherParts } from './outside.ts';
import { type Place, Places } from './places.ts';
import { RecentLooks } from './recent-looks.ts';
import { TargetBook } from './target-book.ts';
import { Undos } from './undo/undos.ts';
import { Vigil } from './vigil.ts';

/** What the keeper keeps: what it was given, and what it believes. */
export interface Keepings {
  readonly outside: WatcherParts;
  /** The config in force; replaced whole at reload. */
  config: Config;
  /** The newest scan of each target and plan, as the store remembered them. */
  lastScans: readonly Scan[];
  /** Targets whose network was looked at before: who is new there has arrived. */
  readonly familiar: Set<TargetId>;
  /** Whether each target was looked at with raw packets last. */
  readonly modes: Map<TargetId, boolean>;
  readonly startedAt: Instant;
  readonly feed: Feed;
  readonly vigil: Vigil;
  readonly ledger: Ledger;
  readonly book: TargetBook;
  readonly places: Places;
  readonly grounds: Grounds;
  readonly looks: RecentLooks;
  readonly lanes: Lanes;
  /** What people did lately, to be taken back. */
  readonly undos: Undos;
  /** What needs a person, by topic. */
  readonly troubles: Map<string, string>;
  /** Tells of a trouble, or with null that it is over. */
  readonly trouble: (topic: string, text: string | null) => void;
  /** Has somebody hear of each new trouble. */
  readonly troubled: (listener: (topic: string, text: string) => void) => void;
}

export function keepings(outside: WatcherParts): Keepings {
  const { store, clock, log, tenancy, config } = outside;
  const feed = createFeed((fault) => log.error({ fault: String(fault) }, 'a listener failed'));
  const book = new TargetBook(store);
  const troubles = new Map<string, string>();
  const worried: Parameters<Keepings['troubled']>[0][] = [];
  const places = new Places(book);
  const looks = new RecentLooks();
  const familiar = new Set<TargetId>();
  const vigil = new Vigil();
  const grounds = groundsOf({ outside, places, looks, familiar, vigil });
  return {
    outside,
    config,
    lastScans: [],
    modes: new Map(),
    startedAt: clock.now(),
    feed,
    book,
    troubles,
    ledger: new Ledger({ site: config.site.name, store, tenancy, feed, grounds }),
    grounds,
    familiar,
    lanes: new Lanes((fault) => log.error({ fault: String(fault) }, 'a scan broke off')),
    undos: new Undos(clock),
    places,
    looks,
    vigil,
    trouble: (topic, text) => {
      if (text === null) troubles.delete(topic);
      else {
        troubles.set(topic, text);
        for (const listener of worried) listener(topic, text);
      }
    },
    troubled: (listener) => void worried.push(listener),
  };
}

/** Takes note that a network was seen. */
export function noteSight({ familiar }: Pick<Keepings, 'familiar'>, { target, outcome }: Pick<Scan, 'target' | 'outcome'>): void {
  if (target !== null && (outcome === 'complete' || outcome === 'partial')) familiar.add(target);
}

/** Whether a scan that could see asked nearly all of its target: a look at a corner has missed nobody elsewhere. */
export function isWhole({ target, outcome, coverage }: Scan, places: readonly Place[]): boolean {
  if (outcome !== 'partial' || coverage === null) return true;
  const ranges = places.find((place) => place.target.id === target)?.ranges ?? [];
  return countAddresses(subtractRanges(ranges, coverage.addresses)) * 50n <= countAddresses(ranges);
}

export const modeOf = ({ modes }: Keepings, { id }: Target): boolean | null => modes.get(id) ?? null;

/** Takes note of how a target was looked at; scans that saw nothing say nothing. */
export function noteMode({ modes }: Pick<Keepings, 'modes'>, { target, vantage, outcome }: Scan): void {
  if (target !== null && vantage !== null && outcome !== 'failed' && outcome !== 'cancelled') modes.set(target, vantage.privileged);
}
