import type { AccessStore } from './access-store.ts';
import type { AlertStore } from './alert-store.ts';
import type { Approval, ApprovalId, ApprovalQuery, ApprovalWork } from './approval.ts';
import type { Baseline, BaselineQuery } from './baseline.ts';
import type { Change, ChangeDraft, ChangeKind } from './change.ts';
import type { Device, DeviceId } from './device.ts';
import type { Fact, FactKind } from './fact.ts';
import type { ImportRecord } from './history.ts';
import type { Lease, LeaseAnswer, LeaseHolder } from './lease.ts';
import type { SavedViewStore } from './saved-view.ts';
import type { Coverage, Run, Scan, ScanId } from './scan.ts';
import type { StoreCopy } from './store-copy.ts';
import type { Target, TargetId } from './target.ts';
import type { Instant, Millis } from './time.ts';

/** What the keeper needs to go on where the last process stopped. */
export interface Memory {
  readonly devices: readonly Device[];
  /** Highest device id ever given. */
  readonly lastDevice: DeviceId;
  /** Highest change number ever given. */
  readonly lastSeq: number;
  /** When the newest committed scan ended, not counting what people said or other programs recorded; null when there is none. */
  readonly committedAt: Instant | null;
}

/** The difference one scan makes to the spans of one device. */
export interface SpanDelta {
  readonly device: DeviceId;
  /** Spans that end: at the scan's finish, or at an earlier moment that only now became known. */
  readonly close: readonly { readonly kind: FactKind; readonly key: string; readonly at?: Instant }[];
  /** Spans that begin: at the scan's finish, or at an earlier moment that only now became known. */
  readonly open: readonly (Fact & { readonly from?: Instant })[];
  /** Spans already over when they became known: the time nobody looked (presence unknown). */
  readonly past?: readonly { readonly fact: Fact; readonly from: Instant; readonly to: Instant }[];
}

/** Everything one finished scan changes: goes into the store whole or not at all (law 4). */
export interface Commit {
  readonly scan: Scan & { readonly finishedAt: Instant };
  /** Devices seen for the first time. */
  readonly created: readonly { readonly device: DeviceId; readonly firstSeen: Instant }[];
  readonly spans: readonly SpanDelta[];
  /** Addresses at which devices were seen: at the scan's finish, unless it is told when. */
  readonly sightings: readonly { readonly device: DeviceId; readonly address: string; readonly at?: Instant }[];
  /** Open ports that were asked at the scan's finish what they serve, by the key of their fact ("tcp/22"). */
  readonly checked?: readonly { readonly device: DeviceId; readonly port: string }[];
  readonly changes: readonly ChangeDraft[];
  readonly raw: Uint8Array | null;
  /** Approvals whose expiry these changes tell: told from now on, whatever happens after. */
  readonly expired?: readonly ApprovalId[];
  /** What came with other programs' records. */
  readonly imported?: Imported;
}

/** What an import brings beside spans. */
export interface Imported {
  /** Scans that others made, ended long ago: kept for what they covered. */
  readonly looks: readonly (Omit<Scan, 'id' | 'run' | 'changes'> & { readonly finishedAt: Instant })[];
  /** Devices that turned out to be older than was known. */
  readonly aged: readonly { readonly device: DeviceId; readonly firstSeen: Instant }[];
  /** The files it was read from. */
  readonly files: readonly Omit<ImportRecord, 'id' | 'site' | 'scan' | 'at'>[];
}

export interface ScanQuery {
  readonly target?: TargetId;
  readonly plan?: Scan['plan'];
  readonly before?: ScanId;
  readonly limit: number;
}

export interface ChangeQuery {
  /** Only changes numbered above this. */
  readonly afterSeq?: number;
  /** Only changes numbered below this. */
  readonly beforeSeq?: number;
  /** Only changes of these numbers. */
  readonly seqs?: readonly number[];
  readonly since?: Instant;
  readonly until?: Instant;
  /** Changes of this device, or of any of these. */
  readonly device?: DeviceId | readonly DeviceId[];
  readonly kinds?: readonly ChangeKind[];
  /** Newest first instead of in order. */
  readonly newestFirst?: boolean;
  readonly limit: number;
}

/** Of a change no more than what it is searched by. */
export type ChangeMark = Pick<Change, 'seq' | 'at' | 'kind' | 'device'>;

/** One fact over time; `to` null while it holds. */
export interface Span extends Fact {
  readonly device: DeviceId;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly openedBy: ScanId;
  readonly closedBy: ScanId | null;
}

/** What the newest complete or partial scan of one subject and plan really asked. */
export interface LastLook {
  readonly target: TargetId | null;
  /** As the scan had it. */
  readonly subject: string;
  readonly plan: Scan['plan'];
  readonly coverage: Coverage;
}

export interface Retention {
  /** Scans that changed nothing are folded into their run after this long. */
  readonly singles: Millis;
  /** Raw tool output is dropped after this long. */
  readonly raw: Millis;
  /** Verdicts, and incidents, notifications and mutes that are over, are dropped after this long; left out: never. */
  readonly alerts?: Millis;
}

/** How much housekeeping dropped. */
export interface Pruned {
  readonly scans: number;
  readonly raw: number;
  /** Verdicts, incidents, notifications and mutes. */
  readonly alerts: number;
}

/** What we remember. Every adapter passes one contract suite (test/contracts/store.ts). */
export interface Store extends AlertStore, SavedViewStore {
  readonly kind: 'memory' | 'sqlite' | 'postgres';
  /** Who may come in, and what they did. */
  readonly access: AccessStore;
  load(site: string): Promise<Memory>;
  /** The devices as they were believed to be at a moment (spans open then). */
  devicesAt(site: string, at: Instant): Promise<readonly Device[]>;
  spansOf(device: DeviceId): Promise<readonly Span[]>;
  /** Of these devices the spans of presence and merges that reach beyond a moment, oldest first for each device. */
  presenceSpans(devices: readonly DeviceId[], since: Instant): Promise<readonly Span[]>;
  /** Spans of one kind that are open, of all devices of a site, merged ones included, in the order of devices and keys. */
  openSpans(site: string, kind: FactKind): Promise<readonly Span[]>;

  /** Writes a scan as running and gives it its id. */
  beginScan(scan: Omit<Scan, 'id' | 'run' | 'changes'>, lease: Lease): Promise<ScanId>;
  /** Law 4. Returns the numbered changes. Throws Fault 'conflict' when the lease was lost. */
  commit(work: Commit, lease: Lease): Promise<readonly Change[]>;
  /** Marks scans left running by a dead process as failed; returns how many. */
  closeInterrupted(now: Instant, lease: Lease): Promise<number>;
  scans(query: ScanQuery): Promise<readonly Scan[]>;
  scan(id: ScanId): Promise<Scan | undefined>;
  runOf(id: ScanId): Promise<Run | undefined>;
  rawOf(id: ScanId): Promise<Uint8Array | undefined>;
  /** The last looks that had ended at a moment, also where their scans were folded into runs since. */
  lastLooks(site: string, at: Instant): Promise<readonly LastLook[]>;
  changes(query: ChangeQuery): Promise<readonly Change[]>;
  /** The marks of the changes numbered above one, in order. */
  changeMarks(query: { readonly afterSeq: number; readonly limit: number }): Promise<readonly ChangeMark[]>;

  targets(site: string): Promise<readonly Target[]>;
  addTarget(target: Omit<Target, 'id'>, lease: Lease): Promise<Target>;
  updateTarget(target: Target, lease: Lease): Promise<void>;
  removeTarget(id: TargetId, lease: Lease): Promise<void>;

  /** Keeps a moment; those before it stay. */
  addBaseline(baseline: Omit<Baseline, 'id'>, lease: Lease): Promise<Baseline>;
  /** Newest first. */
  baselines(query: BaselineQuery): Promise<readonly Baseline[]>;

  /** Files of other programs that were taken in, oldest first. */
  imports(site: string): Promise<readonly ImportRecord[]>;
  /** Makes approvals and revokes others, all or none; those that were revoked before stay as they were. Returns those made. */
  writeApprovals(work: ApprovalWork, lease: Lease): Promise<readonly Approval[]>;
  /** In the order they were made; also those that are over. */
  approvals(query: ApprovalQuery): Promise<readonly Approval[]>;

  /** Grants the lease when it is free, expired, or already ours (same holder id). `takeOver` ignores a holder known to be dead. */
  acquireLease(holder: LeaseHolder, now: Instant, ttl: Millis, takeOver?: string): Promise<LeaseAnswer>;
  /** False when somebody else has it by now. */
  renewLease(holder: LeaseHolder, now: Instant, ttl: Millis): Promise<boolean>;
  releaseLease(holder: LeaseHolder): Promise<void>;

  prune(retention: Retention, now: Instant, lease: Lease): Promise<Pruned>;
  /** A consistent copy while others write. */
  backup(path: string): Promise<void>;
  /** A consistent copy to hand to somebody elsewhere. Faults unavailable (no room), refused (a store that is no file). */
  copy(): Promise<StoreCopy>;
  /** Faults in the stored file or its invariants (sequence gap-free, one open span per fact); empty when sound. */
  check(): Promise<readonly string[]>;
  close(): Promise<void>;
}
