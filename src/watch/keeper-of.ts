import {
  type ChangeQuery,
  Fault,
  mergeRanges,
  type Network,
  orFault,
  PLANS,
  parseTarget,
  rangesHold,
  type Target,
  type TargetSpec,
} from '../core/index.ts';
import { allPartsOf, type Roll } from '../inventory/index.ts';
import { tallyOf } from '../rules/index.ts';
import { alertingOf } from './alerts/alerting-of.ts';
import { approvalsOf } from './approvals.ts';
import { listBaselines, makeBaseline } from './baselines.ts';
import { deedsOf } from './deeds/deeds-of.ts';
import { checkCadence, runsAhead } from './due.ts';
import { editDevices } from './edits.ts';
import { findDevice, partNamed } from './find-device.ts';
import { followingUp } from './follow-up-asked.ts';
import { costOf, measuredOf } from './governor/cost.ts';
import type { Cost } from './governor/cost-told.ts';
import { leftAlone, limitsInForce } from './governor/in-force.ts';
import type { ForecastRequest, Keeper, Status, TargetStatus, WatchRequest } from './keeper.ts';
import { mergingOf } from './merges.ts';
import { UNWATCHED } from './on-schedule.ts';
import { createPastRolls } from './past-rolls.ts';
import { planWith } from './plan-options.ts';
import { recountingOf } from './recounting.ts';
import { judged } from './roll-view.ts';
import { checkIface, judge, readTargets } from './scan-order.ts';
import { segmentsOf } from './segments.ts';
import { attendingOf } from './sessions.ts';
import { type TargetDraft, usualSchedule } from './target-book.ts';
import { standing } from './target-standing.ts';
import { recorded } from './undo/recorded.ts';
import { tracingOf } from './why.ts';
import type { Wired } from './wire.ts';

/** What the doors may ask, answered by the wired parts. */
export function keeperOf(wired: Wired): Keeper {
  const { outside, ledger, byHand, feed } = wired;
  const { store, clock, surroundings } = outside;
  const keeper: Keeper = {
    status: () => statusOf(wired),
    roll: wired.rollView,
    rollAt: createPastRolls(wired),
    findDevice: (reference) => judged(findDevice(ledger.roll, reference), wired.rules(clock.now())),
    partNamed: (reference) => partNamed(ledger.roll, reference),
    spansOf: (device) => store.spansOf(device),
    editDevices: async (ids, edit) => (await editDevices(wired, ids, edit)).map((device) => judged(device, wired.rules(clock.now()))),
    changes: (query) => store.changes(withParts(ledger.roll, query)),
    scans: (query) => store.scans(query),
    running: () => wired.runner.underWay,
    scan: async (id) => ({ scan: found(await store.scan(id), id), run: await store.runOf(id) }),
    rawOf: async (id) => foundRaw(await store.rawOf(found(await store.scan(id), id).id), id),
    hostsOf: async (id) => (await import('./scan-view.ts')).scanHosts(wired, id),
    startScan: (request) => byHand.scan(request),
    ...followingUp(wired),
    resultOf: (id) => byHand.resultOf(id),
    cancelScan: async (id) => {
      if (!byHand.cancel(id)) throw new Fault('not-found', `cancelling scan ${id}: it does not run`, 'list scans with "rollcall scans"');
    },
    ingest: (request) => byHand.ingest(request),
    importHistory: async (request) => (await import('./importing.ts')).importHistory(wired, request),
    view: async (side) => (await import('./views.ts')).viewOfSide(wired, side),
    makeBaseline: (request) => makeBaseline(wired, request),
    baselines: (query) => listBaselines(wired, query),
    forecast: (request) => forecastOf(wired, request),
    targets: () => wired.book.all.map((target) => targetStatus(wired, target)),
    runsAhead: (cadence, count) => runsAhead(checkCadence(cadence), { from: clock.now(), count }),
    watch: (request) => watch(wired, request),
    unwatch: (reference) => unwatch(wired, reference),
    networks: () => surroundings.networks().map((network) => ({ ...network, watched: isWatched(wired, network) })),
    segments: () => segmentsOf(wired),
    doctor: () => surroundings.diagnose(),
    backup: (path) => store.backup(path),
    subscribe: (listener) => feed.subscribe(listener),
    ...alertingOf(wired),
    ...approvalsOf(wired),
    ...attendingOf(wired),
    ...deedsOf(wired),
    ...mergingOf(wired),
    ...recountingOf(wired),
    ...tracingOf(wired),
  };
  return recorded(wired, keeper);
}

/** What changed about a part is history of its whole. */
function withParts(roll: Roll, query: ChangeQuery): ChangeQuery {
  if (query.device === undefined) return query;
  const asked = [query.device].flat();
  return { ...query, device: asked.flatMap((id) => [id, ...allPartsOf(roll, id).map((part) => part.id)]) };
}

function found<T>(value: T | undefined, id: number): T {
  if (value === undefined)
    throw new Fault('not-found', `finding scan ${id}: there is none, or it was folded into its run`, 'list scans with "rollcall scans"');
  return value;
}

function foundRaw(raw: Uint8Array | undefined, id: number): Uint8Array {
  if (raw === undefined)
    throw new Fault(
      'not-found',
      `finding output of scan ${id}: none was kept`,
      'output is kept of scans by hand, of reports, and of scans that changed something, for the time set in [keep]',
    );
  return raw;
}

function statusOf({ outside, config, ledger, book, runner, troubles, vigil, startedAt, listening, alerts }: Wired): Status {
  const { version, pid, surroundings, store } = outside;
  const { desk } = alerts.clerk;
  const blind = book.all.flatMap(({ spec }) => {
    const cause = vigil.blindBy(spec.text);
    return cause === null ? [] : [`cannot see ${spec.text}: ${cause}`];
  });
  return {
    version,
    pid,
    startedAt,
    site: ledger.roll.site,
    privileged: surroundings.privileged(),
    store: store.kind,
    seq: ledger.seq,
    devices: ledger.roll.devices.size,
    targets: book.all.length,
    running: runner.running,
    heard: listening?.heard ?? null,
    troubles: [...troubles.values(), ...alerts.troubles, ...blind, ...ledger.held],
    limits: [...limitsInForce(config, outside.clock.now()), ...leftAlone(ledger.roll)],
    ...(desk && alerts.book.channels.length > 0 && { alerts: tallyOf(desk) }),
    judged: alerts.clerk.desk?.judged ?? null,
  };
}

/** Of several targets together. */
function forecastOf(wired: Wired, { targets, plans, ports }: ForecastRequest): readonly Omit<Cost, 'measured'>[] {
  const specs = readTargets(targets);
  const ranges = mergeRanges(specs.flatMap((spec) => (spec.kind === 'ranges' ? spec.ranges : [])));
  const networks = wired.outside.surroundings.networks();
  const scope = judge(ranges, { networks, allowances: wired.config.allowances, now: wired.outside.clock.now() });
  if (!scope.ok) throw new Fault('refused', scope.cause.text, scope.remedy);
  const [spec] = specs as [TargetSpec];
  return plans.map((name) => costOf(wired, { spec, ranges }, planWith(name, PLANS[name].ports === null ? {} : { ports })));
}

/** Due moments told of each plan. */
const AHEAD = 5;

function targetStatus(wired: Wired, target: Target): TargetStatus {
  const { scheduler, vigil, runner, places } = wired;
  const ranges = places.all.find((place) => place.target.id === target.id)?.ranges ?? [];
  const plans = scheduler.slotsOf(target.id).map(({ entry, nextAt, lastScan, skipped, putOff }) => {
    const running = runner.runningOf(target.id, entry.plan);
    let cost: Cost | undefined; // of ten thousand devices, only where somebody looks at it
    return {
      ...entry,
      nextAt: Number.isFinite(nextAt) ? nextAt : null,
      ahead: Number.isFinite(nextAt) ? [nextAt, ...runsAhead(entry.cadence, { from: nextAt, count: AHEAD - 1 })] : [],
      lastScan,
      running,
      skipped,
      putOff,
      get cost() {
        cost ??= { ...costOf(wired, { spec: target.spec, ranges }, PLANS[entry.plan]), measured: measuredOf(lastScan, runner.sent) };
        return cost;
      },
    };
  });
  return { target, plans, blind: vigil.blindBy(target.spec.text) !== null };
}

/** Refused at once when it could never be scanned, instead of failing at each scan. */
async function watch(wired: Wired, request: WatchRequest): Promise<Target> {
  const { outside, book, scheduler, feed, config } = wired;
  const networks = outside.surroundings.networks();
  const spec = orFault(parseTarget(request.target));
  if (spec.kind === 'ranges') {
    const scope = judge(spec.ranges, { networks, allowances: config.allowances, now: outside.clock.now() });
    if (!scope.ok) throw new Fault('refused', scope.cause.text.replace('scanning', 'watching'), scope.remedy);
  }
  for (const { cadence } of request.schedule) checkCadence(cadence);
  checkIface(request.iface);
  const draftFor = (known: Target | undefined): TargetDraft => draftOf(wired, { ...merged(request, known), spec, source: 'user' });
  const target = await book.put(spec.text, draftFor, () => outside.tenancy.get());
  scheduler.refresh();
  feed.publish({ kind: 'target.changed', target: target.id });
  return target;
}

/** What is not said anew stays: another plan joins those there, and a window leaves the schedule alone. */
function merged({ schedule, window, iface }: WatchRequest, known: Target | undefined): Omit<WatchRequest, 'target'> {
  const plans = new Set(schedule.map(({ plan }) => plan));
  const others = (known?.schedule ?? []).filter(({ plan }) => !plans.has(plan));
  const [keptWindow, keptIface] = [window ?? known?.window ?? null, iface ?? known?.iface ?? null];
  return {
    schedule: [...others, ...schedule],
    ...(keptWindow === null ? {} : { window: keptWindow }),
    ...(keptIface === null ? {} : { iface: keptIface }),
  };
}

/** A target before it has an id; an empty schedule becomes the usual one. */
export function draftOf(wired: Wired, wish: Omit<WatchRequest, 'target'> & Pick<TargetDraft, 'spec' | 'source'>): TargetDraft {
  const { outside, config } = wired;
  const { spec, schedule, window, iface, source } = wish;
  const usual = (): TargetDraft['schedule'] => usualSchedule(spec, standing(outside.surroundings.networks(), spec));
  return {
    spec,
    source,
    site: config.site.name,
    window: window ?? null,
    iface: iface ?? null,
    createdAt: outside.clock.now(),
    schedule: schedule.length > 0 ? schedule : usual(),
  };
}

async function unwatch({ book, scheduler, runner, feed, outside }: Wired, reference: string): Promise<Target> {
  const target = await book.remove(reference, () => outside.tenancy.get());
  scheduler.refresh();
  runner.cancelFor(target.id, UNWATCHED);
  feed.publish({ kind: 'target.changed', target: target.id });
  return target;
}

function isWatched({ book }: Wired, { range }: Network): boolean {
  return book.all.some(({ spec }) => spec.kind === 'ranges' && rangesHold(spec.ranges, { family: range.family, value: range.first }));
}
