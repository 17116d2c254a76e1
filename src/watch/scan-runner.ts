import {
  type ChangeDraft,
  type Clock,
  type Coverage,
  type Device,
  Fault,
  type Instant,
  type LookNews,
  type Names,
  type Prober,
  type Scan,
  type ScanId,
  type ScanReport,
  type Store,
  type Target,
  type TargetId,
} from '../core/index.ts';
import { guessType, type PresenceRules } from '../inventory/index.ts';
import type { Distrust } from './canary.ts';
import { askCanariesAgain } from './canary-again.ts';
import { type Confirmed, confirmAbsence } from './confirm.ts';
import type { Entry } from './entry.ts';
import type { Feed } from './feed.ts';
import { AfterScan, withoutPortsOf } from './governor/after-scan.ts';
import type { Tenancy } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { type Eyes, type Find, look, type ScanJob } from './look.ts';
import { distrustDetour, distrustSilence } from './lost-lan.ts';
import { askWhetherMoved, type Suspects } from './moved.ts';
import type { ScanResult } from './scans-asked.ts';
import { onlyUdpFails } from './vantage.ts';

export interface RunnerParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly ledger: Ledger;
  readonly prober: Prober;
  readonly names: Names;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly log: Log;
  /** Presence rules for the commit of a scan, by what it covered. */
  rules(at: Instant, coverage: Coverage): PresenceRules;
  /** Who was seen at these addresses lately. */
  expectedAt: Eyes['expectedAt'];
  mayAsk: Eyes['mayAsk'];
  readonly cardAt?: NonNullable<Eyes['cardAt']>;
  /** The report, or a failed one where it plainly looked at another network. */
  standing(report: ScanReport): ScanReport;
  /** Whom to ask whether we moved while the report was made; null: nobody. */
  suspects(report: ScanReport): Suspects | null;
  /** The report, believed of silence only where a canary proves that it saw. `target` null: nobody's schedule asked. */
  canaries(target: Target | null, report: ScanReport): Distrust;
  /** Who would be called away if the report were kept as it is. */
  leavers(scan: Scan, report: ScanReport): readonly Device[];
  /** What a finished scan says about the vantage of its target; asked at the commit. */
  vantage(target: Target, distrust: Pick<Distrust, 'report' | 'word'>): readonly ChangeDraft[];
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

const SENT_KEPT = 2000;

interface Beginning extends Pick<Scan, 'subject' | 'plan'> {
  readonly target: Target | null;
  readonly sake?: TargetId;
}

/** How far a running scan is. */
export interface Progress {
  /** 0..1 */
  readonly done: number;
  readonly secondsLeft: number | null;
  readonly task: string;
  /** Found so far. */
  readonly hosts: number;
}

interface Running {
  readonly scan: Scan;
  /** null: it has not said yet. */
  progress: Progress | null;
  /** The target it is for. */
  readonly sake: TargetId | null;
  readonly controller: AbortController;
}

/** Begins scans, follows them, and brings them home into the ledger. */
export class ScanRunner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<ScanId, Running>();
  readonly #idle = Promise.withResolvers<void>();
  readonly #after: AfterScan;
  readonly #sent = new Map<ScanId, number>();
  #beginning = 0;
  #closing: string | null = null;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#after = new AfterScan({ ...parts, typeOf: (device) => device.labels.type ?? guessType(device)?.type ?? null });
  }

  get running(): ScanId[] {
    return [...this.#running.keys()];
  }

  /** What runs, oldest first, and how far each is: for whoever comes late. */
  get underWay(): readonly { readonly scan: Scan; readonly progress: Progress | null }[] {
    return [...this.#running.values()].map(({ scan, progress }) => ({ scan, progress }));
  }

  /** The running scan of a target's plan, if any. */
  runningOf(target: TargetId, plan: string): ScanId | null {
    for (const { scan } of this.#running.values()) if (scan.target === target && scan.plan === plan) return scan.id;
    return null;
  }

  /**
   * Writes the scan as running, so that it has an id before the first packet. `sake`: the target for which it is made, where it
   * is a scan of none. Fault unavailable once closed.
   */
  async begin({ target, subject, plan, sake }: Beginning): Promise<Scan> {
    if (this.#closing !== null)
      throw new Fault('unavailable', `scanning ${subject}: ${this.#closing}`, 'start it again with "rollcall start"');
    const { store, tenancy, clock, site, feed } = this.#parts;
    const scan = { ...NOTHING_YET, site, target: target?.id ?? null, subject, plan, startedAt: clock.now() };
    this.#beginning++;
    try {
      const id = await store.beginScan(scan, await tenancy.get());
      const begun: Scan = { ...scan, id, changes: 0, run: null };
      this.#running.set(id, { scan: begun, progress: null, sake: sake ?? scan.target, controller: new AbortController() });
      if (this.#closing !== null) this.cancel(id, this.#closing);
      feed.publish({ kind: 'scan.started', scan: begun });
      return begun;
    } finally {
      this.#beginning--;
      this.#tellIdle();
    }
  }

  /** Commits a report that somebody else made of a begun scan. */
  async file(begun: Scan, report: ScanReport, entry: Pick<Entry, 'rules' | 'also' | 'silent'>): Promise<ScanResult> {
    try {
      const { scan, changes } = await this.#parts.ledger.commit({ scan: begun, report, ...entry });
      this.#remember(scan.id, report.sent);
      return { scan, changes, hosts: report.observations, warnings: report.warnings, sent: report.sent ?? null };
    } finally {
      this.#running.delete(begun.id);
      this.#tellIdle();
    }
  }

  /** Looks and commits. Resolves with whatever outcome it had; rejects only when the store refuses. */
  async finish(begun: Scan, job: ScanJob, find: Find): Promise<ScanResult> {
    const controller = this.#running.get(begun.id)?.controller ?? new AbortController();
    const looked = await look(this.#eyes, { job, find, news: this.#tell(begun.id) }, controller.signal);
    const stood = this.#parts.standing(looked);
    const doubtful = { report: stood, iface: job.iface, suspects: this.#parts.suspects(stood) };
    const here = await askWhetherMoved(this.#parts, doubtful, controller.signal);
    // Who names the interface has decided that this is the way to look.
    const direct = job.iface === null ? distrustDetour(here, this.#parts.ledger.roll) : here;
    const asked = distrustSilence(direct, this.#parts.ledger.roll);
    const judge = (so: ScanReport): Distrust => this.#parts.canaries(job.target, so);
    const { report, word } = await askCanariesAgain(
      this.#parts,
      { report: asked, iface: job.iface, roll: this.#parts.ledger.roll, judge },
      controller.signal,
    );
    const { report: confirmed, silent } = await this.#confirmed(begun, report, { job, signal: controller.signal });
    const fell = await this.#after.ask(confirmed, job, controller.signal);
    const result = await this.file(begun, withoutPortsOf(confirmed, fell), {
      silent,
      rules: (at) => this.#parts.rules(at, confirmed.coverage),
      also: (fold) => [
        ...(job.target && !onlyUdpFails(job.plan, confirmed) ? this.#parts.vantage(job.target, { report: confirmed, word }) : []),
        ...(job.also?.(fold) ?? []),
      ],
    });
    if (fell !== null) await this.#after.blame(result.scan, fell);
    return result;
  }

  get #eyes(): Eyes {
    const { ledger } = this.#parts;
    return { ...this.#parts, gateways: () => ledger.gateways.now };
  }

  /** Nobody is said to have left before being asked directly. */
  #confirmed(scan: Scan, report: ScanReport, { job, signal }: { job: ScanJob; signal: AbortSignal }): Promise<Confirmed> {
    const leavers = signal.aborted ? [] : this.#parts.leavers(scan, report);
    const gateways = this.#parts.ledger.gateways.now;
    return confirmAbsence(this.#parts, { report, leavers, iface: job.iface, gateways }, signal);
  }

  /** Stops a running scan; what it saw so far is kept. False when it does not run. */
  cancel(id: ScanId, reason: string): boolean {
    const entry = this.#running.get(id);
    entry?.controller.abort(reason);
    return entry !== undefined;
  }

  /** Stops every scan that is meant. */
  cancelWhere(isMeant: (scan: Scan) => boolean, reason: string): void {
    for (const { scan } of this.#running.values()) if (isMeant(scan)) this.cancel(scan.id, reason);
  }

  /** Stops all that runs for a target. */
  cancelFor(target: TargetId, reason: string): void {
    for (const { scan, sake } of this.#running.values()) if (sake === target) this.cancel(scan.id, reason);
  }

  /** Stops what runs and begins nothing more; resolves when everything begun has been brought home. */
  close(reason: string): Promise<void> {
    this.#closing ??= reason;
    this.cancelWhere(() => true, reason);
    this.#tellIdle();
    return this.#idle.promise;
  }

  /** Packets that scans of this process sent, the newest ones. */
  get sent(): ReadonlyMap<ScanId, number> {
    return this.#sent;
  }

  #remember(id: ScanId, sent: number | undefined): void {
    if (sent !== undefined) this.#sent.set(id, sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > SENT_KEPT && oldest !== undefined) this.#sent.delete(oldest);
  }

  #tellIdle(): void {
    if (this.#closing !== null && this.#beginning === 0 && this.#running.size === 0) this.#idle.resolve();
  }

  #tell(scan: ScanId): (news: LookNews) => void {
    const { feed } = this.#parts;
    let progress: Progress = { done: 0, secondsLeft: null, task: '', hosts: 0 };
    return (news) => {
      const { hosts } = progress;
      const { done, secondsLeft, task } = news.kind === 'host' ? progress : news;
      progress = { done, secondsLeft, task, hosts: news.kind === 'host' ? hosts + 1 : hosts };
      const running = this.#running.get(scan);
      if (running) running.progress = progress;
      feed.publish(
        news.kind === 'host' ? { kind: 'scan.host', scan, observation: news.observation } : { kind: 'scan.progress', scan, ...progress },
      );
    };
  }
}
