import {
  type Change,
  type ChangeDraft,
  type Device,
  Fault,
  type Instant,
  type Memory,
  NO_COVERAGE,
  type Scan,
  type ScanReport,
  type Store,
} from '../core/index.ts';
import { compareDevices } from '../diff/index.ts';
import { foldScan, type PresenceRules, type Roll, rollOf, withDevices } from '../inventory/index.ts';
import type { Feed } from './feed.ts';
import type { Tenancy } from './lease.ts';
import { flatMapped, unhurried } from './unhurried.ts';

export interface LedgerParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly feed: Feed;
}

/** A report on its way into the store. */
export interface Entry {
  /** The scan as begun, with its id. */
  readonly scan: Scan;
  readonly report: ScanReport;
  /** Rules for the moment the report speaks of; asked when its turn has come. */
  readonly rules: (at: Instant) => PresenceRules;
  /** What the report says about where we stand; asked when its turn has come, so that two reports never say it twice. */
  readonly vantage: () => readonly ChangeDraft[];
}

/** The roll and its only writer. Commits go one after another, each whole or not at all (law 4). */
export class Ledger {
  readonly #parts: LedgerParts;
  #roll: Roll;
  #seq = 0;
  #at: Instant | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#roll = rollOf(parts.site, [], 0);
  }

  /** Takes over what the store remembers; before anything is written. */
  remember(memory: Memory): void {
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

  /** Waits its turn, folds the report into the roll as it then is, stores it, tells the feed. */
  commit(entry: Entry): Promise<{ scan: Scan; changes: readonly Change[] }> {
    return this.#inTurn(() => this.#commit(entry));
  }

  async #commit({ scan: begun, report, rules, vantage }: Entry): Promise<{ scan: Scan; changes: readonly Change[] }> {
    const lease = await this.#parts.tenancy.get(); // first: with it comes the roll to fold into
    const fold = await unhurried(foldScan(this.#roll, credible(report), rules(report.finishedAt)));
    const told = await unhurried(flatMapped(fold.touched, ({ before, after }) => compareDevices(before, after)));
    const drafts = [...vantage(), ...told];
    const scan = { ...finishedScan(begun, report), changes: drafts.length };
    const created = fold.touched
      .filter(({ before }) => before === null)
      .map(({ after }) => ({ device: after.id, firstSeen: after.firstSeen }));
    // What a person brings is kept for a while also when it changed nothing: it holds what scripts printed, which no span does.
    const keepRaw = drafts.length > 0 || report.outcome !== 'complete' || begun.plan === 'ingest';
    const work = { scan, created, spans: fold.spans, sightings: fold.sightings, changes: drafts, raw: keepRaw ? report.raw : null };
    const changes = await this.#parts.store.commit(work, lease);
    this.#roll = fold.roll;
    this.#seq = changes.at(-1)?.seq ?? this.#seq;
    this.#at = scan.finishedAt;
    this.#parts.feed.publish({ kind: 'commit', scan, changes, devices: fold.touched.map(({ after }) => after), seq: this.#seq });
    return { scan, changes };
  }

  /** Sets what the user wants of a device; everybody sees it at once. */
  edit(id: number, { alias, window }: { readonly alias?: string | null; readonly window?: number | null }): Promise<Device> {
    return this.#inTurn(async () => {
      const lease = await this.#parts.tenancy.get();
      const device = this.#roll.devices.get(id);
      if (!device) throw new Fault('not-found', `editing device ${id}: there is none`, 'list them with "rollcall devices"');
      const edit = { ...(alias === undefined ? {} : { alias }), ...(window === undefined ? {} : { window }) };
      await this.#parts.store.editDevice(id, edit, lease);
      const edited = { ...device, ...edit };
      this.#roll = withDevices(this.#roll, [edited]);
      return edited;
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
