import type { Change, Commit, Device, Instant, Lease, Memory, Scan, ScanId, ScanReport, Store } from '../core/index.ts';
import { expiryOf, leaversOf, type PresenceRules, type Roll, rollOf, withDevices } from '../inventory/index.ts';
import type { Brought, Entry, HeardEntry, Kept, Word } from './entry.ts';
import type { Feed } from './feed.ts';
import { admit, afterWord, type GateState, type Grounds, gatewaysKnown, heldBack, OPEN_GATES, watchedOf } from './gates.ts';
import { type Beliefs, credible, type Judged, judgeEntry, judgeWord } from './judge-entry.ts';
import type { Tenancy } from './lease.ts';
import type { Gateways } from './other-network.ts';
import { heardScan, wordScan } from './scan-record.ts';

export interface LedgerParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly feed: Feed;
  readonly grounds: Grounds;
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

  /** The gateways of now and of before. */
  get gateways(): Gateways {
    return gatewaysKnown(this.#gates, this.#parts.grounds);
  }

  /** Which present devices a report would call away if it were kept now. */
  leavers(scan: Scan, report: ScanReport, rules: PresenceRules): readonly Device[] {
    const passed = admit(this.#gates, { roll: this.#roll, scan, report: credible(report), rules }, this.#parts.grounds);
    return leaversOf(this.#roll, passed.report, passed.rules);
  }

  /** Waits its turn, folds the report into the roll as it then is, stores it, tells the feed. */
  commit(entry: Entry): Promise<Kept> {
    return this.#inTurn((lease) => this.#commit(entry, lease));
  }

  /** What was heard in passing: a scan that asked nobody, begun and ended at once. */
  hear({ subject, ...entry }: HeardEntry): Promise<Kept> {
    return this.#inTurn(async (lease) => {
      const scan = heardScan(this.#parts.site, subject, entry.report);
      // One that could not be kept goes on with what is heard next, or a full disk would leave a running scan for each word.
      const id = this.#unheard.get(subject) ?? (await this.#parts.store.beginScan(scan, lease));
      this.#unheard.set(subject, id);
      const kept = await this.#commit({ ...entry, scan: { ...scan, id, changes: 0, run: null } }, lease);
      this.#unheard.delete(subject);
      return kept;
    });
  }

  /** Writes what a person says of devices: kept, numbered and told like a scan (law 4), and a sighting of nobody. */
  amend({ said, at, of }: Word): Promise<{ changes: readonly Change[]; devices: readonly Device[] }> {
    return this.#inTurn(async (lease) => {
      const judged = await judgeWord(of(this.#roll), this.#beliefs);
      const { work, devices } = judged;
      if (work === null) return { changes: [], devices };
      const begun = wordScan(this.#parts.site, said, at);
      const id = await this.#parts.store.beginScan(begun, lease);
      const scan = { ...begun, id, changes: work.changes.length, run: null };
      const changes = await this.#keep({ ...judged, work: { ...work, scan, raw: null } }, lease);
      this.#gates = afterWord(this.#gates, changes);
      return { changes, devices };
    });
  }

  /** Takes in what others remember: kept and numbered like a scan (law 4), and a sighting of nobody. `of` may find that nothing is new. */
  bring(of: (roll: Roll) => Promise<Brought | null>): Promise<{ changes: readonly Change[] }> {
    return this.#inTurn(async (lease) => {
      const brought = await of(this.#roll);
      if (brought === null) return { changes: [] };
      const { scan: begun, touched, ...work } = brought;
      const id = await this.#parts.store.beginScan({ ...begun, outcome: 'running', finishedAt: null }, lease);
      const scan = { ...begun, id, changes: work.changes.length, run: null };
      const { created, spans, sightings, changes, imported } = work;
      const devices = touched.map(({ after }) => after);
      const commit = { scan, created, spans, sightings, changes, imported, raw: null };
      return { changes: await this.#keep({ work: commit, roll: withDevices(this.#roll, devices), gates: this.#gates, devices }, lease) };
    });
  }

  /** Tells of approvals that expired by a moment: once, in one commit with the note that it was told (law 4). */
  expire(at: Instant): Promise<readonly Change[]> {
    return this.#inTurn(async (lease) => {
      const { site, store } = this.#parts;
      const over = await store.approvals({ site, untold: at });
      if (over.length === 0) return [];
      const changes = over.map(expiryOf);
      const begun = wordScan(site, 'approvals expired', at);
      const scan = { ...begun, id: await store.beginScan(begun, lease), changes: changes.length, run: null };
      const work = { scan, created: [], spans: [], sightings: [], changes, raw: null, expired: over.map(({ id }) => id) };
      return this.#keep({ work, roll: this.#roll, gates: this.#gates, devices: [] }, lease);
    });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#last;
  }

  get #beliefs(): Beliefs {
    const { grounds, store } = this.#parts;
    return { roll: this.#roll, gates: this.#gates, grounds, store };
  }

  async #commit(entry: Entry, lease: Lease): Promise<Kept> {
    const judged = await judgeEntry(entry, this.#beliefs);
    const changes = await this.#keep(judged, lease);
    return { scan: judged.work.scan, changes };
  }

  /** Stores it, and only then believes it and tells the feed. */
  async #keep({ work, roll, gates, devices }: Judged<Commit>, lease: Lease): Promise<readonly Change[]> {
    const changes = await this.#parts.store.commit(work, lease);
    this.#roll = roll;
    this.#gates = gates;
    this.#seq = changes.at(-1)?.seq ?? this.#seq;
    if (work.scan.plan !== 'edit' && work.scan.plan !== 'import') this.#at = work.scan.finishedAt; // a word is no look
    this.#parts.feed.publish({ kind: 'commit', scan: work.scan, changes, devices, seq: this.#seq });
    return changes;
  }

  /** The lease comes first: with it comes the roll to work on. */
  #inTurn<T>(work: (lease: Lease) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => work(await this.#parts.tenancy.get()));
    this.#last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  }
}
