import type {
  Change,
  GuardText,
  History,
  HistoryFile,
  HistoryFormat,
  HistorySource,
  Instant,
  Lot,
  Observation,
  PlanName,
  Run,
  Scan,
  ScanId,
  ScanQuery,
  ScriptChoice,
  ScriptSeen,
} from '../core/index.ts';
import type { DuePair } from '../inventory/index.ts';

/** A scan that ended, with what it saw and what it changed. */
export interface ScanResult {
  readonly scan: Scan;
  readonly hosts: readonly Observation[];
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  /** Packets that left by its interface meanwhile, whoever sent them; null or left out: nobody counted. */
  readonly sent?: number | null;
}

/** A scan that ended, host by host. */
export interface ScanHosts {
  readonly scan: Scan;
  /** In the order of their addresses. */
  readonly hosts: readonly { readonly observation: Observation; readonly scripts: readonly ScriptSeen[] }[];
  /** Whether they are read off the output of the scan; else they are what was believed when it ended. */
  readonly kept: boolean;
}

export interface ScanRequest {
  /** Target texts as typed; parsed strictly, judged by the scope. */
  readonly targets: readonly string[];
  readonly plan: PlanName;
  /** Overrides the plan's port choice: "22,80-90", "top 100" or "all". */
  readonly ports?: string;
  /** Takes the place of the plan's own; only of plans that ask versions. */
  readonly scripts?: ScriptChoice;
  readonly iface?: string;
  /** Where this machine must stand, beside what the config asks. */
  readonly guard?: GuardText;
  /** Also in quiet hours. */
  readonly now?: boolean;
}

/** A scan under way. */
export interface RunningScan {
  readonly scan: Scan;
  /** How far it is: a share from 0 to 1, and the hosts found so far; null: it has not said yet. */
  readonly progress: { readonly done: number; readonly secondsLeft: number | null; readonly task: string; readonly hosts: number } | null;
}

/** As of a scan by hand. */
export interface FollowUpRequest extends Pick<ScanRequest, 'guard' | 'now'> {
  /** Ids or texts of targets, or any addresses; none: all that is watched. */
  readonly targets: readonly string[];
}

/** What is due to be asked what it serves. */
export interface FollowUpPlan {
  /** Each is one run of the tool, and asks every port of it of every address of it. */
  readonly lots: readonly Lot[];
  /** The exact commands, argument by argument, as things are now. */
  readonly commands: readonly (readonly string[])[];
  /** How many ports are due because they opened, and how many because their answer is old. */
  readonly opened: number;
  readonly old: number;
  /** Due, and left alone all the same, each with its reason. */
  readonly spared: readonly DuePair[];
}

export interface IngestRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** File name, or "stdin". */
  readonly name: string;
  /** Targets the report covers, when it does not say so itself. */
  readonly covers: readonly string[];
  /** When it was taken; undefined trusts the report, else now. */
  readonly at?: Instant;
}

export interface HistoryRequest {
  readonly files: AsyncIterable<HistoryFile> | Iterable<HistoryFile>;
  /** The format of all files; null: each is told by its content. */
  readonly from: HistoryFormat | null;
  /** Time zone of times that do not say theirs. */
  readonly zone: string;
  /** Targets that scans cover, when they do not say so themselves. */
  readonly covers: readonly string[];
  /** Say what would happen, and write nothing. */
  readonly dryRun: boolean;
}

/** What an import did, or would do. */
export interface HistoryResult {
  readonly dryRun: boolean;
  readonly at: Instant;
  /** known: also those of which nothing was new. */
  readonly devices: { readonly new: number; readonly known: number };
  /** Stretches of presence that nobody knew of. */
  readonly sessions: number;
  readonly spans: number;
  readonly labels: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** before: a file of the same content was taken in before. */
  readonly sources: readonly (HistorySource & { readonly before: boolean })[];
  readonly refused: History['refused'];
  /** Number of the change that tells of it; null when nothing was new. */
  readonly seq: number | null;
}

/** Scans: those that were, and those that a person brings. */
export interface Scanning {
  scans(query: ScanQuery): Promise<readonly Scan[]>;
  /** What runs now, oldest first. */
  running(): readonly RunningScan[];
  scan(id: ScanId): Promise<{ readonly scan: Scan; readonly run: Run | undefined }>;
  rawOf(id: ScanId): Promise<Uint8Array>;
  /** What one scan saw, host by host. Faults not-found (folded), refused (running or failed). */
  hostsOf(id: ScanId): Promise<ScanHosts>;
  /** Begins a scan by hand; `done` resolves when it is committed (whatever its outcome). */
  startScan(request: ScanRequest): Promise<{ readonly scan: Scan; readonly done: Promise<ScanResult> }>;
  /** What is due to be asked what it serves: in these targets, or with none in all that is watched. */
  followUp(targets: readonly string[]): Promise<FollowUpPlan>;
  /** Begins to ask it, as a scan by hand; null when nothing is due. */
  startFollowUp(request: FollowUpRequest): Promise<{ readonly scan: Scan; readonly done: Promise<ScanResult> } | null>;
  /** Result of a scan begun by hand, while it is remembered (the last ten); undefined when never or no longer. */
  resultOf(id: ScanId): Promise<ScanResult> | undefined;
  cancelScan(id: ScanId): Promise<void>;
  ingest(request: IngestRequest): Promise<ScanResult>;
  /** Puts what other programs remember before what is known. Fault bad-input when nothing of it is of use. */
  importHistory(request: HistoryRequest): Promise<HistoryResult>;
}
