import type { Config } from '../config/index.ts';
import {
  type Address,
  type AddressRange,
  type Coverage,
  countAddresses,
  type Instant,
  isWithin,
  type Mac,
  NO_COVERAGE,
  rangesOf,
  type Scan,
  subtractRanges,
  type Target,
  type TargetId,
  type TargetSpec,
} from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';
import { Arrivals } from './arrivals.ts';
import { ByHand } from './by-hand.ts';
import { createFeed, type Feed } from './feed.ts';
import { groundsOf } from './grounds.ts';
import type { RollView } from './keeper.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import { Listening } from './listening.ts';
import { OnSchedule } from './on-schedule.ts';
import { distrustNetwork } from './other-network.ts';
import type { WatcherParts } from './outside.ts';
import { holderOf } from './overheard.ts';
import { type Place, Places } from './places.ts';
import { cadenceOf, presenceRules, type ReasonedRules, usualWindow } from './presence-rules.ts';
import { RecentLooks } from './recent-looks.ts';
import { createRollViews } from './roll-view.ts';
import { type Aim, aim, sparing } from './scan-order.ts';
import { ScanRunner } from './scan-runner.ts';
import { Scheduler } from './scheduler.ts';
import { TargetBook } from './target-book.ts';
import { judgeMode, judgeVantage } from './vantage.ts';
import { Vigil } from './vigil.ts';

/** What the keeper keeps: what it was given, and what it believes. */
interface Keepings {
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
  readonly arrivals: Arrivals;
  /** null: nobody listens. */
  readonly listening: Listening | null;
  readonly rollView: () => RollView;
  rules(at: Instant): ReasonedRules;
}

const MINUTE = 60_000;

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
    expectedAt: (ranges) => expectedAt(ledger.roll, ranges),
    standing: (report) => {
      const cadence = Math.max(MINUTE, ...places.at(report.coverage.addresses).map(({ target }) => cadenceOf(target)));
      return distrustNetwork(report, { roll: ledger.roll, gateways: surroundings.gateways(), cadence });
    },
    mayAsk: ({ mac }) => mac === null || holderOf(ledger.roll, mac)?.labels.probed !== false,
    leavers: (scan, report) => {
      const { finishedAt: at, coverage } = report;
      return ledger.leavers(scan, report, rulesFor(kept, at, watchedSince(kept, scheduler, { at, coverage })));
    },
    vantage: (target, report) => [
      ...judgeVantage(target, report, vigil.codeOf(target.spec.text)),
      ...judgeMode(target, report, modeOf(kept, target)),
    ],
  });
  const rules = (at: Instant): ReasonedRules => rulesFor(kept, at, null);
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
  const arrivals = new Arrivals({ ...ways, clock, familiar: kept.familiar, places: () => places.all });
  const watched = (id: number): Target | undefined => book.all.find((target) => target.id === id);
  const scheduler = createScheduler(kept, new OnSchedule({ ...ways, watched }));
  const listening = createListening(kept, (at, where) =>
    rulesFor(kept, at, watchedSince(kept, scheduler, { at, coverage: coverageAt(where) })),
  );
  feed.subscribe((item) => {
    if (item.kind === 'commit' || item.kind === 'target.changed') listening?.refresh();
    if (item.kind !== 'commit') return;
    arrivals.note(item);
    noteSight(kept, item.scan);
    vigil.note(item.changes);
    places.note(item.scan);
    noteMode(kept, item.scan);
    if (isWhole(item.scan, places.all)) kept.looks.note(item.scan, cadenceOf(watched(item.scan.target ?? -1)));
    scheduler.finished(item.scan);
  });
  const byHand = new ByHand({ ...outside, ...ways });
  return Object.assign(kept, { arrivals, listening, runner, scheduler, byHand, rules, rollView: createRollViews(ledger, clock, rules) });
}

function keepings(outside: WatcherParts): Keepings {
  const { store, clock, log, tenancy, config } = outside;
  const feed = createFeed((fault) => log.error({ fault: String(fault) }, 'a listener failed'));
  const book = new TargetBook(store);
  const troubles = new Map<string, string>();
  const places = new Places(book);
  const looks = new RecentLooks();
  const familiar = new Set<TargetId>();
  const vigil = new Vigil();
  return {
    outside,
    config,
    lastScans: [],
    modes: new Map(),
    startedAt: clock.now(),
    feed,
    book,
    troubles,
    ledger: new Ledger({ site: config.site.name, store, tenancy, feed, grounds: groundsOf({ outside, places, looks, familiar, vigil }) }),
    familiar,
    lanes: new Lanes((fault) => log.error({ fault: String(fault) }, 'a scan broke off')),
    places,
    looks,
    vigil,
    trouble: (topic, text) => void (text === null ? troubles.delete(topic) : troubles.set(topic, text)),
  };
}

/** Takes note that a network was seen. */
export function noteSight({ familiar }: Pick<Keepings, 'familiar'>, { target, outcome }: Pick<Scan, 'target' | 'outcome'>): void {
  if (target !== null && (outcome === 'complete' || outcome === 'partial')) familiar.add(target);
}

/** Whether a scan that could see asked nearly all of its target: a look at a corner has missed nobody elsewhere. */
function isWhole({ target, outcome, coverage }: Scan, places: readonly Place[]): boolean {
  if (outcome !== 'partial' || coverage === null) return true;
  const ranges = places.find((place) => place.target.id === target)?.ranges ?? [];
  return countAddresses(subtractRanges(ranges, coverage.addresses)) * 50n <= countAddresses(ranges);
}

const modeOf = ({ modes }: Keepings, { id }: Target): boolean | null => modes.get(id) ?? null;

/** Takes note of how a target was looked at; scans that saw nothing say nothing. */
export function noteMode({ modes }: Pick<Keepings, 'modes'>, { target, vantage, outcome }: Scan): void {
  if (target !== null && vantage !== null && outcome !== 'failed' && outcome !== 'cancelled') modes.set(target, vantage.privileged);
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

function createListening(
  { outside, ledger, places, trouble }: Keepings,
  rules: ConstructorParameters<typeof Listening>[0]['rules'],
): Listening | null {
  const { listener, surroundings, config, clock, log, vendorOf } = outside;
  if (listener === null || !config.listen.enabled) return null;
  const networks = () => surroundings.networks();
  return new Listening({ listener, ledger, clock, log, vendorOf, trouble, rules, networks, places: () => places.all });
}

/** Where devices that have not left were seen, as far as it lies in these ranges. */
function expectedAt({ devices }: Roll, ranges: readonly AddressRange[]): { address: Address; mac: Mac | null }[] {
  const here = [...devices.values()].filter(({ presence }) => presence !== 'away');
  const places = here.flatMap(({ addresses, macs }) => addresses.map(({ address }) => ({ address, mac: macs[0]?.mac ?? null })));
  return places.filter(({ address }) => isWithin(ranges, address));
}

/** As if these addresses had been asked: for how long they were watched. */
const coverageAt = (addresses: readonly Address[]): Coverage => ({ ...NO_COVERAGE, addresses: rangesOf(addresses) });

async function takeAim({ outside, config, ledger }: Keepings, specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> {
  const { names, surroundings, clock } = outside;
  const aimed = await aim(specs, { names, networks: surroundings.networks(), allowances: config.allowances, now: clock.now(), signal });
  return sparing(aimed, ledger.roll);
}

function rulesFor({ places, config, looks }: Keepings, at: Instant, since: Instant | null): ReasonedRules {
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
