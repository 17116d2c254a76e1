import type { Config } from '../config/index.ts';
import type {
  AddressRange,
  Clock,
  Finding,
  Instant,
  Memory,
  Names,
  Network,
  Prober,
  ReportReader,
  Scan,
  Store,
  Target,
  TargetSpec,
} from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import { ByHand } from './by-hand.ts';
import { createFeed, type Feed } from './feed.ts';
import type { RollView } from './keeper.ts';
import { Lanes } from './lanes.ts';
import type { Tenancy } from './lease.ts';
import { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { OnSchedule } from './on-schedule.ts';
import { presenceRules } from './presence-rules.ts';
import { createRollViews } from './roll-view.ts';
import { type Aim, aim } from './scan-order.ts';
import { ScanRunner } from './scan-runner.ts';
import { Scheduler } from './scheduler.ts';
import type { TargetBook } from './target-book.ts';

/** What the keeper knows of the machine it runs on. */
export interface Surroundings {
  networks(): readonly Network[];
  /** Interface through which a range is reached; null when it is not attached. */
  ifaceOf(range: AddressRange): string | null;
  privileged(): boolean;
  diagnose(): Promise<readonly Finding[]>;
}

/** Everything from outside: the adapters, the config, the clock. */
export interface WatcherParts {
  readonly version: string;
  readonly config: Config;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly clock: Clock;
  readonly prober: Prober;
  readonly reader: ReportReader;
  readonly names: Names;
  readonly surroundings: Surroundings;
  readonly log: Log;
  readonly pid: number;
}

/** The parts of a running keeper, connected. */
export interface Wired {
  readonly outside: WatcherParts;
  /** The config in force; replaced whole at reload. */
  config: Config;
  /** Since when the schedule has been kept without a break; null while nothing is scheduled. */
  watchedSince: Instant | null;
  readonly startedAt: Instant;
  readonly feed: Feed;
  readonly ledger: Ledger;
  readonly book: TargetBook;
  readonly lanes: Lanes;
  readonly runner: ScanRunner;
  readonly byHand: ByHand;
  readonly onSchedule: OnSchedule;
  readonly scheduler: Scheduler;
  readonly rollView: () => RollView;
  /** What needs a person, by topic. */
  readonly troubles: Map<string, string>;
  rules(at: Instant): PresenceRules;
}

/** What the store remembered: targets, roll, and the newest scan of each target and plan. */
export interface Remembered {
  readonly book: TargetBook;
  readonly memory: Memory;
  readonly lastScans: readonly Scan[];
}

/** Connects the parts. */
export function wire(outside: WatcherParts, { book, memory, lastScans }: Remembered): Wired {
  const { store, clock, log, surroundings, tenancy, config } = outside;
  const site = config.site.name;
  const feed = createFeed((fault) => log.error({ fault: String(fault) }, 'a listener failed'));
  const ledger = new Ledger({ site, store, tenancy, feed }, memory);
  const lanes = new Lanes();
  const troubles = new Map<string, string>();
  const trouble = (topic: string, text: string | null): void => void (text === null ? troubles.delete(topic) : troubles.set(topic, text));
  const ifaceOf = (range: AddressRange): string | null => surroundings.ifaceOf(range);
  const takeAim = (specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> =>
    aim(specs, { names: outside.names, networks: surroundings.networks(), allowances: wired.config.allowances, now: clock.now(), signal });
  const rulesSince = (at: Instant, watchedSince: Instant | null): PresenceRules =>
    presenceRules({ at, watchedSince, targets: book.all, siteWindow: wired.config.presence.window });
  const vantage = (target: Target, report: Parameters<OnSchedule['vantage']>[1]): ReturnType<OnSchedule['vantage']> =>
    onSchedule.vantage(target, report);
  const runner = new ScanRunner({ ...outside, site, ledger, feed, vantage, rules: (at) => rulesSince(at, wired.watchedSince) });
  const onSchedule = new OnSchedule({ runner, lanes, ledger, log, aim: takeAim, ifaceOf, trouble });
  const byHand = new ByHand({ ...outside, runner, lanes, ledger, aim: takeAim, ifaceOf, rules: (at) => rulesSince(at, null) });
  const scheduler = new Scheduler({
    clock,
    schedules: () => book.schedules(),
    lastScan: (target, plan) => lastScans.find((scan) => scan.target === target && scan.plan === plan) ?? null,
    launch: onSchedule.launch,
    resumed: (gap) => {
      log.warn({ gap }, 'time passed unwatched');
      wired.watchedSince = clock.now();
    },
  });
  const rules = (at: Instant): PresenceRules => rulesSince(at, null);
  const rollView = createRollViews(ledger, clock, rules);
  const wired: Wired = {
    ...{ outside, config, watchedSince: null, startedAt: clock.now(), feed, ledger, book, lanes, runner, byHand, onSchedule },
    ...{ scheduler, rollView, troubles, rules },
  };
  feed.subscribe((item) => {
    if (item.kind === 'commit') scheduler.finished(item.scan);
  });
  return wired;
}
