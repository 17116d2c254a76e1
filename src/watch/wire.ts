import type { Config } from '../config/index.ts';
import type { AddressRange, Coverage, Instant, Scan, Target, TargetSpec } from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import { ByHand } from './by-hand.ts';
import { createFeed, type Feed } from './feed.ts';
import type { RollView } from './keeper.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import { OnSchedule } from './on-schedule.ts';
import type { WatcherParts } from './outside.ts';
import { Places } from './places.ts';
import { cadenceOf, presenceRules, usualWindow } from './presence-rules.ts';
import { RecentLooks } from './recent-looks.ts';
import { createRollViews } from './roll-view.ts';
import { type Aim, aim } from './scan-order.ts';
import { ScanRunner } from './scan-runner.ts';
import { Scheduler } from './scheduler.ts';
import { TargetBook } from './target-book.ts';
import { judgeVantage } from './vantage.ts';
import { Vigil } from './vigil.ts';

/** What the keeper keeps: what it was given, and what it believes. */
interface Keepings {
  readonly outside: WatcherParts;
  /** The config in force; replaced whole at reload. */
  config: Config;
  /** The newest scan of each target and plan, as the store remembered them. */
  lastScans: readonly Scan[];
  readonly startedAt: Instant;
  readonly feed: Feed;
  readonly vigil: Vigil;
  readonly ledger: Ledger;
  readonly book: TargetBook;
  readonly places: Places;
  readonly looks: RecentLooks;
  readonly lanes: Lanes;
  /** What needs a person, by topic. */
  readonly troubles: Map<string, string>;
  /** Tells of a trouble, or with null that it is over. */
  readonly trouble: (topic: string, text: string | null) => void;
}

/** The parts of a running keeper, connected. */
export interface Wired extends Keepings {
  readonly runner: ScanRunner;
  readonly byHand: ByHand;
  readonly scheduler: Scheduler;
  readonly rollView: () => RollView;
  rules(at: Instant): PresenceRules;
}

/** Connects the parts. */
export function wire(outside: WatcherParts): Wired {
  const kept = keepings(outside);
  const { feed, ledger, vigil, places, book, lanes, trouble } = kept;
  const { log, clock, surroundings } = outside;
  const runner = new ScanRunner({
    ...outside,
    site: outside.config.site.name,
    ledger,
    feed,
    rules: (at, coverage) => rulesFor(kept, at, watchedSince(kept, scheduler, { at, coverage })),
    vantage: (target, report) => judgeVantage(target, report, vigil.blindBy(target.spec.text) !== null),
  });
  const rules = (at: Instant): PresenceRules => rulesFor(kept, at, null);
  const ways = {
    runner,
    lanes,
    ledger,
    log,
    trouble,
    rules,
    ifaceOf: (range: AddressRange) => surroundings.ifaceOf(range),
    aim: (specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> => takeAim(kept, specs, signal),
  };
  const watched = (id: number): Target | undefined => book.all.find((target) => target.id === id);
  const scheduler = createScheduler(kept, new OnSchedule({ ...ways, watched }));
  feed.subscribe((item) => {
    if (item.kind !== 'commit') return;
    vigil.note(item.changes);
    places.note(item.scan);
    kept.looks.note(item.scan, cadenceOf(watched(item.scan.target ?? -1)));
    scheduler.finished(item.scan);
  });
  const byHand = new ByHand({ ...outside, ...ways });
  return Object.assign(kept, { runner, scheduler, byHand, rules, rollView: createRollViews(ledger, clock, rules) });
}

function keepings(outside: WatcherParts): Keepings {
  const { store, clock, log, tenancy, config } = outside;
  const feed = createFeed((fault) => log.error({ fault: String(fault) }, 'a listener failed'));
  const book = new TargetBook(store);
  const troubles = new Map<string, string>();
  return {
    outside,
    config,
    lastScans: [],
    startedAt: clock.now(),
    feed,
    book,
    troubles,
    ledger: new Ledger({ site: config.site.name, store, tenancy, feed }),
    lanes: new Lanes((fault) => log.error({ fault: String(fault) }, 'a scan broke off')),
    places: new Places(book),
    looks: new RecentLooks(),
    vigil: new Vigil(),
    trouble: (topic, text) => void (text === null ? troubles.delete(topic) : troubles.set(topic, text)),
  };
}

function createScheduler(kept: Keepings, onSchedule: OnSchedule): Scheduler {
  const { book, vigil, outside } = kept;
  return new Scheduler({
    clock: outside.clock,
    schedules: () => book.schedules(),
    lastScan: (target, plan) => kept.lastScans.find((scan) => scan.target === target && scan.plan === plan) ?? null,
    launch: onSchedule.launch,
    resumed: (gap) => {
      outside.log.warn({ gap }, 'time passed unwatched');
      vigil.begin(outside.clock.now());
    },
  });
}

function takeAim({ outside, config }: Keepings, specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> {
  const { names, surroundings, clock } = outside;
  return aim(specs, { names, networks: surroundings.networks(), allowances: config.allowances, now: clock.now(), signal });
}

function rulesFor({ places, config, looks }: Keepings, at: Instant, since: Instant | null): PresenceRules {
  return presenceRules({ at, watchedSince: since, places: places.all, policy: config.presence, looks });
}

/** Since when the targets where a scan looked have been watched; a gap in time is noticed before it can look like absence. */
function watchedSince(
  { vigil, places, config }: Keepings,
  scheduler: Scheduler,
  scan: { at: Instant; coverage: Coverage },
): Instant | null {
  if (vigil.since([], scan.at) === null) return null;
  scheduler.noticeGap();
  const watched = places.at(scan.coverage.addresses).map((place) => ({
    text: place.target.spec.text,
    window: usualWindow(place.target, config.presence),
  }));
  return vigil.since(watched, scan.at);
}
