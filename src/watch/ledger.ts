import {
  type Change,
  type ChangeDraft,
  type Commit,
  type Device,
  type DeviceId,
  type Instant,
  type Lease,
  type Memory,
  NO_COVERAGE,
  type Scan,
  type ScanId,
  type ScanReport,
  type Store,
} from '../core/index.ts';
import { compareDevices } from '../diff/index.ts';
import {
  type Amendment,
  amend,
  type Comings,
  comparePeople,
  type Fold,
  foldScan,
  guessType,
  leaversOf,
  newlyProposed,
  type PresenceRules,
  type Roll,
  rollOf,
  type TypeOf,
} from '../inventory/index.ts';
import type { Feed } from './feed.ts';
import { admit, afterWord, damp, type GateState, type Grounds, heldBack, OPEN_GATES, watchedOf } from './gates.ts';
import type { Tenancy } from './lease.ts';
import { withSince } from './people-since.ts';
import { flatMapped, unhurried } from './unhurried.ts';

export interface LedgerParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly feed: Feed;
  readonly grounds: Grounds;
}

/** A report on its way into the store. */
export interface Entry {
  /** The scan as begun, with its id. */
  readonly scan: Scan;
  readonly report: ScanReport;
  /** Rules for the moment the report speaks of; asked when its turn has come. */
  readonly rules: (at: Instant) => PresenceRules;
  /** Who was asked directly and kept silent: only they may be called away. Left out: nobody could be asked. */
  readonly silent?: ReadonlySet<DeviceId>;
  /** What is to be told besides; asked when its turn has come, so that two reports never say it twice. */
  readonly also?: (fold: Fold) => readonly ChangeDraft[];
}

/** A scan that was kept, with what it changed. */
export interface Kept {
  readonly scan: Scan;
  readonly changes: readonly Change[];
}

/** What a person says. */
export interface Word {
  /** Who said what, in words: "device set, by anna". */
  readonly said: string;
  readonly at: Instant;
  /** What it makes of the roll as it then is. May throw a Fault; then nothing is written. */
  readonly of: (roll: Roll) => Amendment;
}

/** The roll and its only writer. Commits go one after another, each whole or not at all (law 4). */
export class Ledger {
  readonly #parts: LedgerParts;
  #roll: Roll;
  #seq = 0;
  #at: Instant | null = null;
  #gates: GateState = OPEN_GATES;
  #last: Promise<unknown> = Promise.resolve();
  /** Scans by ear that were begun and not yet kept, by the wire. */
  readonly #unheard = new Map<string, ScanId>();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#roll = rollOf(parts.site, [], 0);
  }

  /** Takes over what the store remembers; before anything is written. */
  remember(memory: Memory, gates: GateState = OPEN_GATES): void {
    this.#gates = gates;
    this.#unheard.clear(); // taking the store has ended them
    this.#roll = rollOf(this.#parts.site, memory.devices, memory.lastDevice);
    this.#seq = memory.lastSeq;
    this.#at = memory.committedAt;
  }

  get roll(): Roll {
    return this.#roll;
  }
  get seq(): number {
    return this.#seq;
  }
  get at(): Instant | null {
    return this.#at;
  }

  /** What the gates hold back at the moment, in words, by network. */
  get held(): readonly string[] {
    return heldBack(watchedOf(this.#gates, this.#parts.grounds));
  }

  /** Which present devices a report would call away if it were kept now. */
  leavers(scan: Scan, report: ScanReport, rules: PresenceRules): readonly Device[] {
    const passed = admit(this.#gates, { roll: this.#roll, scan, report: credible(report), rules }, this.#parts.grounds);
    return leaversOf(this.#roll, passed.report, passed.rules);
  }

  /** Waits its turn, folds the report into the roll as it then is, stores it, tells the feed. */
  commit(entry: Entry): Promise<Kept> {
    return this.#inTurn(() => this.#commit(entry));
  }

  async #commit({ scan: begun, report, rules, also, silent }: Entry): Promise<Kept> {
    const lease = await this.#parts.tenancy.get(); // first: with it comes the roll to fold into
    const look = {
      roll: this.#roll,
      scan: begun,
      report: credible(report),
      rules: { ...rules(report.finishedAt), ...(silent && { silent }) },
    };
    const passed = admit(this.#gates, look, this.#parts.grounds);
    const fold = await unhurried(foldScan(this.#roll, passed.report, passed.rules));
    const told = await unhurried(flatMapped(fold.touched, ({ before, after }) => compareDevices(before, after).map(confirmedBy(silent))));
    const proposed = newlyProposed(this.#roll, fold.roll, fold.touched);
    const news = [...(also?.(fold) ?? []), ...passed.drafts, ...told, ...proposed];
    const { drafts: damped, state } = damp(passed.state, { drafts: news, roll: this.#roll, at: report.finishedAt });
    const flapping = { before: this.#gates.flapping, after: state.flapping };
    const touched = fold.touched.map(({ after }) => after.id);
    const drafts = [...damped, ...(await this.#people({ before: this.#roll, after: fold.roll, touched, flapping }))];
    const scan = { ...finishedScan(begun, report), changes: drafts.length };
    const created = fold.touched
      .filter(({ before }) => before === null)
      .map(({ after }) => ({ device: after.id, firstSeen: after.firstSeen }));
    // What a person brings is kept for a while also when it changed nothing: it holds what scripts printed, which no span does.
    const keepRaw = drafts.length > 0 || report.outcome !== 'complete' || begun.plan === 'ingest';
    const work = { scan, created, spans: fold.spans, sightings: fold.sightings, changes: drafts, raw: keepRaw ? report.raw : null };
    const devices = fold.touched.map(({ after }) => after);
    const changes = await this.#keep(work, { lease, roll: fold.roll, devices });
    this.#gates = state;
    return { scan, changes };
  }

  /** What was heard in passing: a scan that asked nobody, begun and ended at once. */
  hear({ subject, report, ...entry }: Omit<Entry, 'scan'> & { readonly subject: string }): Promise<Kept> {
    return this.#inTurn(async () => {
      const lease = await this.#parts.tenancy.get();
      const { startedAt, outcome, cause, coverage, vantage, tool, commands, asked } = report;
      const begun = { site: this.#parts.site, target: null, subject, plan: 'listen' as const, startedAt, finishedAt: null, up: 0 };
      const scan = { ...begun, outcome: 'running' as const, cause, coverage, vantage, tool, commands, asked };
      // One that could not be kept goes on with what is heard next, or a full disk would leave a running scan for each word.
      const id = this.#unheard.get(subject) ?? (await this.#parts.store.beginScan(scan, lease));
      this.#unheard.set(subject, id);
      const kept = await this.#commit({ ...entry, report: { ...report, outcome }, scan: { ...scan, id, changes: 0, run: null } });
      this.#unheard.delete(subject);
      return kept;
    });
  }

  /** Who came home and who left by it. */
  #people(comings: Omit<Comings, 'typeOf'>): Promise<readonly ChangeDraft[]> {
    return withSince(comparePeople({ ...comings, typeOf }), { roll: comings.before, store: this.#parts.store, typeOf });
  }

  /** Stores it, and only then believes it and tells the feed. */
  async #keep(
    work: Commit,
    { lease, roll, devices }: { lease: Lease; roll: Roll; devices: readonly Device[] },
  ): Promise<readonly Change[]> {
    const changes = await this.#parts.store.commit(work, lease);
    this.#roll = roll;
    this.#seq = changes.at(-1)?.seq ?? this.#seq;
    if (work.scan.plan !== 'edit') this.#at = work.scan.finishedAt; // a word is no look
    this.#parts.feed.publish({ kind: 'commit', scan: work.scan, changes, devices, seq: this.#seq });
    return changes;
  }

  /** Writes what a person says of devices: kept, numbered and told like a scan (law 4), and a sighting of nobody. */
  amend({ said, at, of }: Word): Promise<{ changes: readonly Change[]; devices: readonly Device[] }> {
    return this.#inTurn(async () => {
      const lease = await this.#parts.tenancy.get();
      const amendment = of(this.#roll);
      const { roll, ...work } = amend(this.#roll, amendment);
      if (work.spans.length === 0 && amendment.changes.length === 0) return { changes: [], devices: work.devices };
      const touched = amendment.touched.flatMap(({ before, after }) => (after ?? before)?.id ?? []);
      const flapping = { before: this.#gates.flapping, after: this.#gates.flapping };
      const changes = [...amendment.changes, ...(await this.#people({ before: this.#roll, after: roll, touched, flapping }))];
      const begun = wordScan(this.#parts.site, said, at);
      const scan = { ...begun, id: await this.#parts.store.beginScan(begun, lease), changes: changes.length, run: null };
      const commit = { ...work, scan, changes, raw: null };
      const told = await this.#keep(commit, { lease, roll, devices: work.devices });
      this.#gates = afterWord(this.#gates, told);
      return { changes: told, devices: work.devices };
    });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#last;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  }
}

const typeOf: TypeOf = (device) => device.labels.type ?? guessType(device)?.type ?? null;

/** What may change our beliefs: of a failed scan nothing, of one that was stopped only who answered (laws 1 and 2). */
function credible({ outcome, observations, coverage, startedAt }: ScanReport): Pick<ScanReport, 'observations' | 'coverage' | 'startedAt'> {
  if (outcome === 'failed') return { observations: [], coverage: NO_COVERAGE, startedAt };
  return { observations, coverage: outcome === 'cancelled' ? NO_COVERAGE : coverage, startedAt };
}

function finishedScan(begun: Scan, report: ScanReport): Scan & { finishedAt: Instant } {
  const { finishedAt, outcome, cause, coverage, vantage, tool, commands, asked } = report;
  const startedAt = Math.min(report.startedAt, finishedAt);
  return { ...begun, startedAt, finishedAt, outcome, cause, coverage, vantage, tool, commands, asked, up: report.observations.length };
}

/** A departure says whether the device was asked directly before. */
const confirmedBy =
  (silent: ReadonlySet<DeviceId> = new Set()) =>
  (draft: ChangeDraft): ChangeDraft =>
    draft.kind === 'device.left' && silent.has(draft.device ?? 0) ? { ...draft, after: { ...draft.after, confirmed: true } } : draft;

function wordScan(site: string, subject: string, at: Instant): Omit<Scan, 'id' | 'run' | 'changes'> & { finishedAt: Instant } {
  const nothing = { cause: null, coverage: NO_COVERAGE, vantage: null, tool: null, commands: [], asked: 0, up: 0 } as const;
  return { site, subject, target: null, plan: 'edit', startedAt: at, finishedAt: at, outcome: 'complete', ...nothing };
}
