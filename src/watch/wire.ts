import { type Address, type AddressRange, type Instant, PLANS, type Scan, type Target, type TargetSpec } from '../core/index.ts';
import { Alerts } from './alerts/alerts.ts';
import { Arrivals } from './arrivals.ts';
import { Bearings } from './bearings.ts';
import { ByHand } from './by-hand.ts';
import { Expiries } from './expiries.ts';
import { FollowUps } from './follow-up.ts';
import { governedProber } from './governor/governed-prober.ts';
import { governorOf, heeding, mayBeAsked } from './governor/governor-of.ts';
import { isWhole, type Keepings, keepings, modeOf, noteMode, noteSight } from './keepings.ts';
import { Listening } from './listening.ts';
import { OnSchedule } from './on-schedule.ts';
import type { WatcherParts } from './outside.ts';
import { cadenceOf, type ReasonedRules } from './presence-rules.ts';
import { createRollViews } from './roll-view.ts';
import { coverageAt, rulesFor, watchedSince } from './rules-now.ts';
import { type Aim, aim, sparing } from './scan-order.ts';
import { ScanRunner } from './scan-runner.ts';
import { Scheduler } from './scheduler.ts';
import { judgeMode, judgeVantage, saying } from './vantage.ts';
import type { Watching } from './watching.ts';
import { askCanaries, expectedAt, standingOf, suspectsOf } from './whereabouts.ts';

/** The parts of a running keeper, connected. */
export interface Wired extends Watching {
  readonly alerts: Alerts;
}

/** Connects the parts. */
export function wire(ungoverned: WatcherParts): Wired {
  const { kept, outside } = governedBy(ungoverned);
  const { feed, ledger, vigil, places, grounds, book, lanes, trouble } = kept;
  const { log, clock, surroundings } = outside;
  const runner = createRunner(kept, () => scheduler);
  const rules = (at: Instant): ReasonedRules => rulesFor(kept, at, null);
  const ways = {
    runner,
    lanes,
    ledger,
    log,
    trouble,
    rules,
    ...heeding(kept),
    ifaceOf: (range: AddressRange) => surroundings.ifaceOf(range),
    aim: (specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> => takeAim(kept, specs, signal),
  };
  const watched = (id: number): Target | undefined => book.all.find((target) => target.id === id);
  const followUps = new FollowUps({ ...ways, clock, prober: outside.prober, watched, scripts: () => kept.config.services.scripts });
  const known = { familiar: kept.familiar, places: () => places.all, adriftSince: grounds.adriftSince };
  const arrivals = new Arrivals({ ...ways, ...known, clock, watched, followUp: (beat) => followUps.enter(beat) });
  const hold = (target: number, plan: string): boolean => scheduler.hold(target, plan);
  const scheduler: Scheduler = createScheduler(kept, new OnSchedule({ ...ways, watched, hold }));
  const heardRules = (at: Instant, where: readonly Address[]): ReasonedRules =>
    rulesFor(kept, at, watchedSince(kept, scheduler, { at, coverage: coverageAt(where) }));
  const listening = createListening(kept, heardRules);
  const expiries = new Expiries({ ...outside, ledger });
  const bearings = new Bearings({ ...ways, clock, prober: outside.prober, rules: heardRules, places: () => places.all });
  feed.subscribe((item) => {
    if (item.kind === 'commit' || item.kind === 'target.changed') listening?.refresh();
    if (item.kind !== 'commit') return;
    expiries.look();
    arrivals.note(item);
    bearings.note(item);
    vigil.note(item.changes);
    noteLook(kept, item.scan);
    scheduler.finished(item.scan);
    followLooks(kept, followUps, item.scan);
  });
  const byHand = new ByHand({ ...outside, ...ways });
  const watching: Watching = Object.assign(kept, {
    arrivals,
    expiries,
    followUps,
    listening,
    runner,
    scheduler,
    byHand,
    rules,
    rollView: createRollViews(ledger, clock, rules),
  });
  return withAlerts(watching);
}

/** Whoever is to be told hears of commits, and of a store that cannot keep them. */
function withAlerts(watching: Watching): Wired {
  const alerts = new Alerts(watching);
  watching.feed.subscribe((item) => {
    if (item.kind === 'commit') alerts.note(item.scan.id, item.changes);
  });
  watching.troubled((topic, text) => {
    if (topic === 'store') alerts.alarm(text);
  });
  return Object.assign(watching, { alerts });
}

/** Takes note of how and where a scan looked. */
function noteLook(kept: Keepings, scan: Scan): void {
  const { places, book, looks } = kept;
  noteSight(kept, scan);
  places.note(scan);
  noteMode(kept, scan);
  if (isWhole(scan, places.all)) looks.note(scan, cadenceOf(book.all.find(({ id }) => id === scan.target)));
}

/** A look for ports of a watched target that could see is followed up. */
function followLooks({ places }: Keepings, followUps: FollowUps, { plan, target, outcome }: Scan): void {
  if ((plan !== 'ports' && plan !== 'udp') || target === null || (outcome !== 'complete' && outcome !== 'partial')) return;
  const place = places.all.find((one) => one.target.id === target);
  if (place) followUps.enter(place);
}

function createRunner(kept: Keepings, scheduler: () => Scheduler): ScanRunner {
  const { outside, ledger, feed, vigil } = kept;
  return new ScanRunner({
    ...outside,
    site: outside.config.site.name,
    ledger,
    feed,
    rules: (at, coverage) => rulesFor(kept, at, watchedSince(kept, scheduler(), { at, coverage })),
    expectedAt: (ranges) => expectedAt(ledger.roll, ranges),
    standing: (report) => standingOf(kept, report),
    suspects: (report) => suspectsOf(kept, report),
    ...(outside.surroundings.cardAt && { cardAt: outside.surroundings.cardAt }),
    mayAsk: (seen) => mayBeAsked(ledger.roll, seen),
    leavers: (scan, report) => {
      const { finishedAt: at, coverage } = report;
      return ledger.leavers(scan, report, rulesFor(kept, at, watchedSince(kept, scheduler(), { at, coverage })));
    },
    canaries: (target, report) => askCanaries(kept, target, report),
    vantage: (target, { report, word }) => [
      ...saying(word, judgeVantage(target, report, vigil.codeOf(target.spec.text))),
      ...judgeMode(target, report, modeOf(kept, target)),
    ],
  });
}

function createScheduler(kept: Keepings, onSchedule: OnSchedule): Scheduler {
  const { book, vigil, outside } = kept;
  return new Scheduler({
    clock: outside.clock,
    schedules: () => book.schedules(),
    lastScan: (target, plan) => kept.lastScans.find((scan) => scan.target === target && scan.plan === plan) ?? null,
    putOff: ({ target, entry }) => heeding(kept).putOff(target, PLANS[entry.plan]),
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

/** What is kept, and the outside seen through the governor: no look goes past it. */
function governedBy(ungoverned: WatcherParts): { readonly kept: Keepings; readonly outside: WatcherParts } {
  const kept = keepings(ungoverned);
  const outside = { ...ungoverned, prober: governedProber(governorOf(kept, ungoverned)) };
  return { kept: Object.assign(kept, { outside }), outside };
}

async function takeAim({ outside, config, ledger }: Keepings, specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim> {
  const { names, surroundings, clock } = outside;
  const aimed = await aim(specs, { names, networks: surroundings.networks(), allowances: config.allowances, now: clock.now(), signal });
  return sparing(aimed, ledger.roll);
}
