import type { Config } from '../config/index.ts';
import { type Lease, orFault, parseTarget, type TargetSpec } from '../core/index.ts';
import { lookedAtBefore } from '../inventory/index.ts';
import { keepHouse } from './housekeeping.ts';
import type { Keeper } from './keeper.ts';
import { draftOf, keeperOf } from './keeper-of.ts';
import { noteMode, noteSight } from './keepings.ts';
import { keptTenancy } from './lease.ts';
import { MirrorInForce } from './mirror/mirror-in-force.ts';
import { UNWATCHED } from './on-schedule.ts';
import type { WatcherParts } from './outside.ts';
import { cadenceOf } from './presence-rules.ts';
import { recallGates } from './recall-gates.ts';
import { DAEMON_STOPPED } from './scheduler.ts';
import type { TargetDraft } from './target-book.ts';
import { type Wired, wire } from './wire.ts';

/** A keeper with its life: made on a loaded store, watching only once started. */
export interface Watcher {
  readonly keeper: Keeper;
  /** Takes the store, and nothing more: a daemon opens its doors before it begins to look. */
  claim(): Promise<void>;
  /** The right to write to the store, for others who keep something there: taken when it is needed first, and with it what others wrote. */
  lease(): Promise<Lease>;
  /** Takes the store, declares the targets of the config, and starts the schedule. `onLost`: somebody else took the store. */
  start(onLost: () => void): Promise<void>;
  /** Takes over a new config; site and store stay as they are. */
  reload(config: Config): Promise<void>;
  /** Ends what runs (kept as cancelled), gives the store back and closes it. */
  stop(): Promise<void>;
}

/** A keeper on what the store holds. Nothing is taken or written before it is claimed, started, or asked to. */
export async function createWatcher(parts: WatcherParts): Promise<Watcher> {
  let tellLost = (): void => {}; // without a schedule nobody needs to hear: what is written is refused
  const tenancy = keptTenancy(parts.tenancy, { remember: () => remember(wired), onLost: () => tellLost() });
  const wired = wire({ ...parts, tenancy });
  await remember(wired);
  wired.scheduler.refresh();
  const end = new AbortController();
  let house: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  const keeper = keeperOf(wired);
  const mirror = mirrorOf(wired, keeper);
  return {
    keeper,
    claim: async () => void (await tenancy.get()),
    lease: () => tenancy.get(),
    start: async (onLost) => {
      tellLost = onLost;
      const show = await mirror.prepare(wired.config);
      await start(wired);
      house = keepHouse(
        {
          ...wired.outside,
          retention: () => ({ ...wired.config.keep, alerts: wired.config.alerts.keep }),
          trouble: (topic, text) => wired.trouble(topic, text),
          hourly: () => wired.expiries.look(),
        },
        end.signal,
      );
      show();
    },
    reload: (config) => reload(wired, config, mirror),
    stop: () => {
      end.abort();
      stopping ??= stop(wired, { house, mirror });
      return stopping;
    },
  };
}

/** Only a daemon shows what it knows: what a single command sees is not kept up to date. */
function mirrorOf({ outside, trouble }: Wired, keeper: Keeper): MirrorInForce {
  const { mirror, clock, log } = outside;
  return new MirrorInForce({ make: mirror, keeper, clock, log, trouble });
}

/** Scans that tell whether a schedule was ever kept: whoever only scanned by hand until now has not started us before. */
const EARLIEST = 100;

/** Whether nothing was ever watched. A target that was taken away right after the start must not come back. */
async function isFirstRun({ outside, ledger, book }: Wired): Promise<boolean> {
  if (book.all.some(({ source }) => source !== 'config')) return false;
  const earliest = await outside.store.scans({ before: EARLIEST + 1, limit: EARLIEST });
  return earliest.every(({ target }) => target === null) && (ledger.at === null || earliest.length > 0);
}

async function start(wired: Wired): Promise<void> {
  const { outside, config, scheduler, vigil, alerts } = wired;
  const { tenancy, clock } = outside;
  await tenancy.get();
  await alerts.check(config);
  const firstRun = await isFirstRun(wired);
  await declareTargets(wired);
  if (firstRun && config.self.watch) await watchSelf(wired);
  vigil.begin(clock.now());
  await alerts.start();
  wired.listening?.start();
  scheduler.start();
  wired.expiries.look();
}

/** What the new config no longer names is not looked at any longer. */
async function reload(wired: Wired, config: Config, mirror: MirrorInForce): Promise<void> {
  const { book, runner, scheduler, alerts } = wired;
  const before = wired.config;
  await alerts.try(config);
  const show = await mirror.prepare(config);
  wired.config = config;
  try {
    await declareTargets(wired);
  } catch (fault) {
    wired.config = before; // R48: what could not be taken over whole is not in force
    throw fault;
  }
  alerts.revise();
  scheduler.refresh();
  wired.listening?.refresh();
  runner.cancelWhere(({ target }) => target !== null && book.all.every(({ id }) => id !== target), UNWATCHED);
  show();
}

interface Beside {
  readonly house: Promise<void> | undefined;
  readonly mirror: MirrorInForce;
}

async function stop(wired: Wired, { house, mirror }: Beside): Promise<void> {
  const { outside, scheduler, runner, lanes, ledger, listening, alerts } = wired;
  // All at once, before anything is waited for: a mirror may take its time, and nothing may begin to look in it.
  const heard = Promise.resolve(listening?.stop());
  await Promise.all([alerts.stop(), mirror.stop(), scheduler.stop(), heard, runner.close(DAEMON_STOPPED), lanes.close()]);
  await ledger.settled();
  await house;
  await outside.tenancy.close();
  await outside.store.close();
}

/** This machine itself: always allowed, and the only thing watched without being asked. */
async function watchSelf(wired: Wired): Promise<void> {
  const spec = orFault(parseTarget('127.0.0.1'));
  if (wired.book.all.some((target) => target.spec.text === spec.text)) return;
  await wired.book.put(
    spec.text,
    () => draftOf(wired, { spec, schedule: [], source: 'self' }),
    () => wired.outside.tenancy.get(),
  );
}

async function declareTargets(wired: Wired): Promise<void> {
  const wish = ({ spec, schedule, window, iface }: { spec: TargetSpec } & Config['targets'][number]): TargetDraft =>
    draftOf(wired, { spec, schedule, source: 'config', ...(window === null ? {} : { window }), ...(iface === null ? {} : { iface }) });
  await wired.book.declare(wired.config.targets.map(wish), () => wired.outside.tenancy.get());
}

/** What the store holds: once to look at it, and again when it is ours to write to. */
async function remember(wired: Wired): Promise<void> {
  const { ledger, book, places, vigil, outside } = wired;
  const { store } = outside;
  const { site } = ledger.roll;
  const gates = await recallGates(store, outside.clock.now());
  await book.load(site);
  await wired.alerts.book.load();
  await vigil.recall(store);
  const newest = book.schedules().map(({ target, entry }) => store.scans({ target: target.id, plan: entry.plan, limit: 1 }));
  wired.lastScans = (await Promise.all(newest)).flat();
  for (const scan of wired.lastScans) {
    noteMode(wired, scan);
    wired.looks.noteEarlier(scan, cadenceOf(book.all.find(({ id }) => id === scan.target)));
  }
  const sweeps = wired.lastScans.filter(({ plan, outcome }) => plan === 'sweep' && outcome === 'complete');
  const looks = sweeps.map(({ subject, startedAt }) => ({ target: subject, at: startedAt }));
  ledger.remember(await store.load(site), { ...gates, outage: lookedAtBefore(gates.outage, looks) });
  // Not of the last scans: one that was stopped saw nothing, and makes no network a new one.
  for (const { target, coverage } of await store.lastLooks(site, outside.clock.now())) {
    places.note({ target, coverage });
    noteSight(wired, { target, outcome: 'complete' });
  }
}
