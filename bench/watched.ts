import { DEFAULTS } from '../src/config/index.ts';
import { type Instant, orFault, parseTarget, type Scan, type ScanReport, type Store, type Target } from '../src/core/index.ts';
import { createFeed } from '../src/watch/feed.ts';
import { createTenancy, systemClock } from '../src/watch/index.ts';
import { Ledger } from '../src/watch/ledger.ts';
import { presenceRules, type ReasonedRules } from '../src/watch/presence-rules.ts';

const MINUTE = 60_000;

/** The ledger of a network that is swept each minute, without a gap, since a moment: devices are learned, and leave. */
export interface WatchedNetwork {
  /** Keeps the report of a sweep. Whoever it would call away is taken to have been asked directly, in vain. */
  commit(report: ScanReport): Promise<void>;
  prune(at: Instant): Promise<void>;
  readonly changes: number;
  close(): Promise<void>;
}

export async function watchedNetwork(store: Store, text: string, since: Instant): Promise<WatchedNetwork> {
  const holder = { id: 'bench', pid: process.pid, host: 'bench', startedAt: since };
  const clock = { ...systemClock, now: () => since };
  const tenancy = createTenancy({ store, clock, holder, isGone: () => false });
  const target = await addTarget(store, text, { since, lease: await tenancy.get() });
  const ranges = target.spec.kind === 'ranges' ? target.spec.ranges : [];
  const segment = { target: text, ranges, cadence: MINUTE, gateways: [], swept: true };
  const grounds = {
    segmentsAt: () => [segment],
    networkFinder: () => () => text,
    isWatched: () => true,
    isFamiliar: () => true,
    adriftSince: () => null,
    adriftUntil: () => null,
    gateways: () => [],
  };
  const feed = createFeed((fault) => {
    throw fault;
  });
  const ledger = new Ledger({ site: 'home', store, tenancy, feed, grounds });
  const rules = (at: Instant): ReasonedRules =>
    presenceRules({ at, watchedSince: since, places: [{ target, ranges }], policy: DEFAULTS.presence });
  return {
    get changes() {
      return ledger.seq;
    },
    async commit(report) {
      const scan = await begin(store, { target, report, lease: await tenancy.get() });
      const silent = new Set(ledger.leavers(scan, report, rules(report.finishedAt)).map(({ id }) => id));
      await ledger.commit({ scan, report, rules, silent });
    },
    prune: async (at) => void (await store.prune(DEFAULTS.keep, at, await tenancy.get())),
    async close() {
      await tenancy.close();
      await store.close();
    },
  };
}

type Lease = Parameters<Store['beginScan']>[1];

function addTarget(store: Store, text: string, { since, lease }: { since: Instant; lease: Lease }): Promise<Target> {
  const schedule = [{ plan: 'sweep', cadence: { kind: 'every', every: MINUTE } }] as const;
  const plain = { site: 'home', window: null, iface: null, source: 'user', createdAt: since } as const;
  return store.addTarget({ ...plain, spec: orFault(parseTarget(text)), schedule }, lease);
}

async function begin(
  store: Store,
  { target, report, lease }: { readonly target: Target; readonly report: ScanReport; readonly lease: Lease },
): Promise<Scan> {
  const { startedAt, vantage, tool, commands } = report;
  const plan = report.coverage.depth === 'presence' ? 'sweep' : 'ports';
  const about = { site: 'home', target: target.id, subject: target.spec.text, plan, startedAt, finishedAt: null } as const;
  const scan = { ...about, outcome: 'running', cause: null, coverage: null, vantage, tool, commands, asked: 0, up: 0 } as const;
  return { ...scan, id: await store.beginScan(scan, lease), changes: 0, run: null };
}
