import { DEFAULTS } from '../src/config/index.ts';
import { blockRange, type Clock, parseAddress, type ScanReport, type Store } from '../src/core/index.ts';
import { createTenancy, createWatcher, type Keeper, systemClock } from '../src/watch/index.ts';

const EVERYTHING = blockRange(parseAddress('10.0.0.0') as NonNullable<ReturnType<typeof parseAddress>>, 8);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The whole keeper on a store, fed with made-up reports at made-up moments. */
export interface BenchKeeper {
  readonly keeper: Keeper;
  /** Begins a scan, brings this report home, and resolves when it is committed. */
  commit(report: ScanReport): Promise<void>;
  prune(): Promise<void>;
  close(): Promise<void>;
}

export async function openKeeper(store: Store): Promise<BenchKeeper> {
  let now = Date.UTC(2026, 0, 1);
  let next: ScanReport | undefined;
  const clock: Clock = { ...systemClock, now: () => now, monotonic: () => now };
  const holder = { id: 'bench', pid: process.pid, host: 'bench', startedAt: now };
  const tenancy = createTenancy({ store, clock, holder, isGone: () => false });
  const watcher = await createWatcher({
    version: 'bench',
    store,
    tenancy,
    clock,
    log: silent,
    pid: process.pid,
    dice: () => 0,
    config: { ...DEFAULTS, allowances: [{ ranges: [EVERYTHING], owner: 'bench', until: Number.MAX_SAFE_INTEGER }] },
    prober: { name: 'bench', look: async () => next as ScanReport },
    reader: { read: async () => next as ScanReport, readKept: async () => null },
    names: { addressesOf: async () => [], nameAll: async (observations) => observations },
    listener: null,
    vendorOf: () => null,
    surroundings: { networks: () => [], ifaceOf: () => null, gateways: () => [], privileged: () => true, diagnose: async () => [] },
  });
  return {
    keeper: watcher.keeper,
    async commit(report) {
      now = report.finishedAt;
      next = report;
      const { done } = await watcher.keeper.startScan({ targets: ['10.0.0.0/16'], plan: 'sweep' });
      await done;
    },
    prune: async () => void (await store.prune(DEFAULTS.keep, now, await tenancy.get())),
    close: () => watcher.stop(),
  };
}
