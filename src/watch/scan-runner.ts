import {
  type AddressRange,
  type Cause,
  type ChangeDraft,
  type Clock,
  type Instant,
  type LookNews,
  type Names,
  NO_COVERAGE,
  type Plan,
  type Prober,
  type Scan,
  type ScanId,
  type ScanReport,
  type Store,
  type Target,
  type TargetId,
} from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import type { Feed } from './feed.ts';
import type { ScanResult } from './keeper.ts';
import type { Tenancy } from './lease.ts';
import type { Ledger } from './ledger.ts';

/** One scan to be made. */
export interface ScanJob {
  /** null for a scan by hand. */
  readonly target: Target | null;
  readonly subject: string;
  readonly plan: Plan;
  readonly iface: string | null;
}

/** Where a begun scan looks: addresses in scope, or why it cannot. */
export type Sight = { readonly ok: true; readonly addresses: readonly AddressRange[] } | { readonly ok: false; readonly cause: Cause };

export interface RunnerParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly ledger: Ledger;
  readonly prober: Prober;
  readonly names: Names;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Presence rules for a commit; by hand, every moment counts as watched. */
  rules(at: Instant, target: Target | null): PresenceRules;
  /** What a finished scan says about the vantage of its target. */
  vantage(target: Target, report: ScanReport): readonly ChangeDraft[];
}

/** A scan that has only begun. */
const NOTHING_YET = {
  finishedAt: null,
  outcome: 'running',
  cause: null,
  coverage: null,
  vantage: null,
  tool: null,
  commands: [],
  asked: 0,
  up: 0,
} as const satisfies Partial<Scan>;

/** Begins scans, follows them, and brings them home into the ledger. */
export class ScanRunner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<ScanId, { readonly scan: Scan; readonly controller: AbortController }>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  get running(): ScanId[] {
    return [...this.#running.keys()];
  }

  /** The running scan of a target's plan, if any. */
  runningOf(target: TargetId, plan: string): ScanId | null {
    for (const { scan } of this.#running.values()) if (scan.target === target && scan.plan === plan) return scan.id;
    return null;
  }

  /** Writes the scan as running, so that it has an id before the first packet. */
  async begin({ target, subject, plan }: { target: Target | null; subject: string; plan: Scan['plan'] }): Promise<Scan> {
    const { store, tenancy, clock, site, feed } = this.#parts;
    const scan = { ...NOTHING_YET, site, target: target?.id ?? null, subject, plan, startedAt: clock.now() };
    const id = await store.beginScan(scan, await tenancy.get());
    const begun: Scan = { ...scan, id, changes: 0, run: null };
    this.#running.set(id, { scan: begun, controller: new AbortController() });
    feed.publish({ kind: 'scan.started', scan: begun });
    return begun;
  }

  /** Commits a report that somebody else made of a begun scan. */
  async file(begun: Scan, report: ScanReport, rules: (at: Instant) => PresenceRules): Promise<ScanResult> {
    try {
      const { scan, changes } = await this.#parts.ledger.commit({ scan: begun, report, rules, vantage: [] });
      return { scan, changes, hosts: report.observations, warnings: report.warnings };
    } finally {
      this.#running.delete(begun.id);
    }
  }

  /** Looks and commits. Resolves with whatever outcome it had; rejects only when the store refuses. */
  async finish(begun: Scan, job: ScanJob, find: (signal: AbortSignal) => Promise<Sight>): Promise<ScanResult> {
    const controller = this.#running.get(begun.id)?.controller ?? new AbortController();
    try {
      const report = await this.#look(begun, job, find, controller.signal);
      const vantage = job.target ? this.#parts.vantage(job.target, report) : [];
      const rules = (at: Instant): PresenceRules => this.#parts.rules(at, job.target);
      const { scan, changes } = await this.#parts.ledger.commit({ scan: begun, report, rules, vantage });
      return { scan, changes, hosts: report.observations, warnings: report.warnings };
    } finally {
      this.#running.delete(begun.id);
    }
  }

  /** Stops a running scan; what it saw so far is kept. False when it does not run. */
  cancel(id: ScanId, reason: string): boolean {
    const entry = this.#running.get(id);
    entry?.controller.abort(reason);
    return entry !== undefined;
  }

  cancelAll(reason: string): void {
    for (const id of this.#running.keys()) this.cancel(id, reason);
  }

  async #look(begun: Scan, job: ScanJob, find: (signal: AbortSignal) => Promise<Sight>, signal: AbortSignal): Promise<ScanReport> {
    const { clock, prober, names } = this.#parts;
    const startedAt = clock.now();
    const sight = await find(signal);
    if (!sight.ok) return blindReport(startedAt, clock.now(), sight.cause);
    if (signal.aborted) return blindReport(startedAt, clock.now(), { code: 'stopped', text: String(signal.reason) });
    const order = { plan: job.plan, addresses: sight.addresses, iface: job.iface };
    const report = await prober.look(order, this.#tell(begun.id), signal);
    const observations = await names.nameAll(report.observations, signal);
    return { ...report, observations, finishedAt: clock.now() };
  }

  #tell(scan: ScanId): (news: LookNews) => void {
    const { feed } = this.#parts;
    let hosts = 0;
    return (news) => {
      if (news.kind === 'host') {
        hosts++;
        feed.publish({ kind: 'scan.host', scan, observation: news.observation });
      } else feed.publish({ kind: 'scan.progress', scan, done: news.done, secondsLeft: news.secondsLeft, task: news.task, hosts });
    };
  }
}

/** A scan that never looked: it failed or was stopped, and covers nothing. */
function blindReport(startedAt: Instant, finishedAt: Instant, cause: Cause): ScanReport {
  return {
    ...{ startedAt, finishedAt, cause, outcome: cause.code === 'stopped' ? 'cancelled' : 'failed', coverage: NO_COVERAGE },
    ...{ vantage: { iface: null, privileged: false }, tool: { name: '', version: '' }, commands: [], observations: [], asked: 0 },
    ...{ warnings: [], raw: null },
  };
}
