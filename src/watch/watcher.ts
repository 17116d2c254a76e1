import type { Config } from '../config/index.ts';
import { orFault, parseTarget, type Scan, type TargetSpec } from '../core/index.ts';
import { keepHouse } from './housekeeping.ts';
import type { Keeper } from './keeper.ts';
import { draftOf, keeperOf } from './keeper-of.ts';
import { TargetBook, type TargetDraft } from './target-book.ts';
import { type WatcherParts, type Wired, wire } from './wire.ts';

/** A keeper with its life: made on a loaded store, watching only once started. */
export interface Watcher {
  readonly keeper: Keeper;
  /** Takes the store, declares the targets of the config, and starts the schedule. `onLost`: somebody else took the store. */
  start(onLost: () => void): Promise<void>;
  /** Takes over a new config; site and store stay as they are. */
  reload(config: Config): Promise<void>;
  /** Ends what runs (kept as cancelled), gives the store back and closes it. */
  stop(): Promise<void>;
}

export async function createWatcher(parts: WatcherParts): Promise<Watcher> {
  const site = parts.config.site.name;
  const book = new TargetBook(parts.store);
  await book.load(site);
  const wired = wire(parts, { book, memory: await parts.store.load(site), lastScans: await lastScans(parts, book) });
  await wired.onSchedule.recall(parts.store);
  await declareTargets(wired);
  wired.scheduler.refresh();
  const end = new AbortController();
  return {
    keeper: keeperOf(wired),
    start: (onLost) => start(wired, end.signal, onLost),
    reload: async (config) => {
      wired.config = config;
      await declareTargets(wired);
      wired.scheduler.refresh();
    },
    stop: async () => {
      end.abort();
      await stop(wired);
    },
  };
}

async function start(wired: Wired, signal: AbortSignal, onLost: () => void): Promise<void> {
  const { outside, ledger, book, config, troubles } = wired;
  const { tenancy, clock } = outside;
  await tenancy.get();
  tenancy.keep(onLost);
  const firstRun = ledger.at === null && book.all.length === 0;
  if (firstRun && config.self.watch) await book.add(selfTarget(wired), await tenancy.get());
  wired.watchedSince = clock.now();
  wired.scheduler.start();
  const trouble = (topic: string, text: string | null): void => void (text === null ? troubles.delete(topic) : troubles.set(topic, text));
  void keepHouse({ ...outside, retention: () => wired.config.keep, trouble }, signal);
}

async function stop({ outside, scheduler, runner, lanes, ledger }: Wired): Promise<void> {
  await scheduler.stop();
  runner.cancelAll('the daemon stopped');
  await lanes.close();
  await ledger.settled();
  await outside.tenancy.close();
  await outside.store.close();
}

/** This machine itself: always allowed, and the only thing watched without being asked. */
function selfTarget(wired: Wired): TargetDraft {
  return draftOf(wired, { spec: orFault(parseTarget('127.0.0.1')), schedule: [], source: 'self' });
}

async function declareTargets(wired: Wired): Promise<void> {
  const wish = ({ spec, schedule, window, iface }: { spec: TargetSpec } & Config['targets'][number]): TargetDraft =>
    draftOf(wired, { spec, schedule, source: 'config', ...(window === null ? {} : { window }), ...(iface === null ? {} : { iface }) });
  await wired.book.declare(wired.config.targets.map(wish), () => wired.outside.tenancy.get());
}

/** The newest scan of each target and plan, so that schedules go on where the last process stopped. */
async function lastScans({ store }: WatcherParts, book: TargetBook): Promise<readonly Scan[]> {
  const newest = book.schedules().map(({ target, entry }) => store.scans({ target: target.id, plan: entry.plan, limit: 1 }));
  return (await Promise.all(newest)).flat();
}
