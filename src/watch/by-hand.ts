import {
  type AddressRange,
  type Clock,
  Fault,
  type Guard,
  type Instant,
  orFault,
  type Plan,
  type ReportReader,
  readGuard,
  type Scan,
  type ScanId,
  type ScanReport,
  targetSize,
} from '../core/index.ts';
import { DEFAULT_WINDOW, type PresenceRules } from '../inventory/index.ts';
import type { LimitsThere } from './governor/limits.ts';
import { putOffBy, wallText } from './governor/put-off.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Find, ScanJob } from './look.ts';
import { planWith } from './plan-options.ts';
import { type Aim, checkIface, readTargets } from './scan-order.ts';
import type { ScanRunner } from './scan-runner.ts';
import type { IngestRequest, ScanRequest, ScanResult } from './scans-asked.ts';

export interface ByHandParts {
  readonly runner: ScanRunner;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly reader: ReportReader;
  readonly clock: Clock;
  aim(specs: ReturnType<typeof readTargets>, signal: AbortSignal): Promise<Aim>;
  readonly rules: (at: Instant) => PresenceRules;
  ifaceOf: Parameters<typeof laneOf>[2];
  /** What is allowed where a scan goes. */
  limitsAt(addresses: readonly AddressRange[]): LimitsThere;
  /** Whether the config names a page that says our public address. */
  asksPublicAddress(): boolean;
}

/** How many results of scans by hand are remembered for those who ask later. */
const REMEMBERED = 10;
/** A report may be this much ahead of our clock. */
const CLOCK_SKEW = 5 * 60_000;

/** Scans and reports that a person brings, now. */
export class ByHand {
  readonly #parts: ByHandParts;
  readonly #results = new Map<ScanId, Promise<ScanResult>>();

  constructor(parts: ByHandParts) {
    this.#parts = parts;
  }

  resultOf(id: ScanId): Promise<ScanResult> | undefined {
    return this.#results.get(id);
  }

  /** What cannot be scanned is refused before anything is stored. */
  async scan(request: ScanRequest): Promise<{ scan: Scan; done: Promise<ScanResult> }> {
    const specs = readTargets(request.targets);
    const plan = planWith(request.plan, request);
    checkIface(request.iface);
    const aimed = await this.#parts.aim(specs, new AbortController().signal);
    if (!aimed.ok) throw new Fault(aimed.cause.code === 'out-of-scope' ? 'refused' : 'bad-input', aimed.cause.text, aimed.remedy);
    const subject = subjectOf(specs.map(({ text }) => text));
    const job = { target: null, subject, plan, iface: request.iface ?? null };
    return this.begin({ ...job, ...this.heeded(job, request, aimed.addresses) }, async () => aimed, aimed.addresses);
  }

  /** What a request says of when and where from it may be looked. Fault refused in quiet hours, bad-input for a guard nobody can judge. */
  heeded(
    { subject, plan }: Pick<ScanJob, 'subject' | 'plan'>,
    request: Pick<ScanRequest, 'guard' | 'now'>,
    addresses: readonly AddressRange[],
  ): Pick<ScanJob, 'guard' | 'now'> {
    if (!request.now) this.#heedQuiet(subject, plan, addresses);
    return { ...this.#guarded(request), ...(request.now && { now: true }) };
  }

  /** Begins a scan whose turn comes before all that merely became due. */
  async begin(
    job: ScanJob,
    find: Find,
    addresses: readonly AddressRange[],
  ): Promise<{ readonly scan: Scan; readonly done: Promise<ScanResult> }> {
    const { runner, lanes } = this.#parts;
    const scan = await runner.begin({ ...job, plan: job.plan.name });
    const turn = Promise.withResolvers<ScanResult>();
    const work = (): Promise<void> => runner.finish(scan, job, find).then(turn.resolve, turn.reject);
    this.#remember(scan.id, turn.promise);
    const lane = laneOf(addresses, job.plan, this.#parts.ifaceOf);
    // Closed lanes let nobody in: the scan has begun and been stopped by then, and is brought home as that.
    if (!lanes.enter(lane, { key: keyOf(scan.id), work, urgent: true, dropped: work })) void work();
    return { scan, done: turn.promise };
  }

  /** Whoever stands there decides, but is told. */
  #heedQuiet(subject: string, plan: Plan, addresses: readonly AddressRange[]): void {
    const limits = this.#parts.limitsAt(addresses);
    const putOff = putOffBy(limits, plan, this.#parts.clock.now());
    if (putOff === null) return;
    const until = wallText(putOff.until, limits.quiet.zone);
    throw new Fault('refused', `scanning ${subject}: ${putOff.because} until ${until}`, 'wait until then, or scan all the same with --now');
  }

  /** Refused where nobody could be asked whether it is so. */
  #guarded({ guard }: Pick<ScanRequest, 'guard'>): { readonly guard?: Guard } {
    if (guard === undefined) return {};
    const read = orFault(readGuard(guard));
    if (read.public === undefined || this.#parts.asksPublicAddress()) return { guard: read };
    throw new Fault(
      'bad-input',
      `reading guard public=${read.public}: no page is named that says our public address`,
      'write ask = "https://..." under [guard] in rollcall.toml',
    );
  }

  /** Stops a scan, also one that still waits for its turn. False when it does not run. */
  cancel(id: ScanId): boolean {
    const { runner, lanes } = this.#parts;
    const runs = runner.cancel(id, 'cancelled by hand');
    void lanes.drop(keyOf(id));
    return runs;
  }

  /** Takes a foreign report as a scan of its own. */
  async ingest(request: IngestRequest): Promise<ScanResult> {
    const { reader, clock, runner } = this.#parts;
    const specs = request.covers.length > 0 ? readTargets(request.covers) : [];
    const named = specs.find((spec) => spec.kind === 'hostname' || targetSize(spec) === 0n);
    if (named)
      throw new Fault('bad-input', `reading --covers ${named.text}: a name does not say which addresses were scanned`, 'write addresses');
    const covers = specs.length > 0 ? specs.flatMap((spec) => (spec.kind === 'ranges' ? spec.ranges : [])) : null;
    const read = await reader.read(request.bytes, { covers, now: clock.now() });
    refuseBlind(read);
    const report = this.#dated(read, request.at);
    const scan = await runner.begin({ target: null, subject: request.name, plan: 'ingest' });
    return runner.file(scan, report, { rules: this.#parts.rules });
  }

  /** Truth only moves forward: a report older than what is known would undo it. */
  #dated(report: ScanReport, at: Instant | undefined): ScanReport {
    const { clock, ledger } = this.#parts;
    const finishedAt = at ?? report.finishedAt;
    const now = clock.now();
    if (finishedAt > now + CLOCK_SKEW)
      throw new Fault('bad-input', `reading report: it ended at ${iso(finishedAt)}, in the future`, 'say when it was taken with --at');
    // After a clock was set back the newest scan may lie in the future; that must not refuse the present.
    const known = Math.min(ledger.at ?? 0, now);
    if (finishedAt < known - DEFAULT_WINDOW)
      throw new Fault(
        'bad-input',
        `reading report: it ended at ${iso(finishedAt)}, before the newest scan at ${iso(known)}`,
        'reports of the past are taken in with "rollcall import"',
      );
    const counted = Math.max(Math.min(finishedAt, now), known);
    return { ...report, startedAt: counted - Math.max(0, report.finishedAt - report.startedAt), finishedAt: counted };
  }

  #remember(id: ScanId, result: Promise<ScanResult>): void {
    result.catch(() => {}); // whoever waits for it hears of it
    this.#results.set(id, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > REMEMBERED && oldest !== undefined) this.#results.delete(oldest);
  }
}

/** A foreign report that shows nothing is no scan of ours: unlike our own failures, nobody has to be told of it later. */
function refuseBlind({ outcome, cause }: ScanReport): void {
  if (outcome !== 'failed') return;
  throw new Fault('bad-input', `reading report: ${cause?.text ?? 'its scan failed'}`, 'bring one of a scan that saw something');
}

/** Targets told by name in the subject of a scan. */
const TOLD = 16;

/** A list of thousands is not told target by target in each line about the scan. */
function subjectOf(texts: readonly string[]): string {
  return texts.length > TOLD ? `${texts.slice(0, TOLD).join(' ')} and ${texts.length - TOLD} more` : texts.join(' ');
}

const keyOf = (scan: ScanId): string => `hand ${scan}`;
const iso = (at: Instant): string => new Date(at).toISOString();
