import type {
  Baseline,
  Change,
  ChangeQuery,
  Device,
  DeviceId,
  Finding,
  GuardText,
  HeardCount,
  History,
  HistoryFile,
  HistoryFormat,
  HistorySource,
  Incident,
  Instant,
  LabelEdit,
  Lot,
  Millis,
  Network,
  Notification,
  Observation,
  PlanName,
  PlanSchedule,
  Run,
  Scan,
  ScanId,
  ScanQuery,
  ScriptChoice,
  ScriptSeen,
  Side,
  Span,
  Target,
  TargetId,
  View,
} from '../core/index.ts';
import type { DuePair } from '../inventory/index.ts';
import type { Alerting } from './alerts-asked.ts';
import type { Approvals } from './approvals-asked.ts';
import type { Cost } from './governor/cost-told.ts';
import type { PutOff } from './governor/put-off.ts';
import type { Merging } from './merges-asked.ts';
import type { Attending } from './sessions-asked.ts';
import type { Tracing } from './why-asked.ts';

/** The devices of the site as believed after the newest commit. Replaced whole at each commit, never edited. */
export interface RollView {
  readonly site: string;
  /** When the newest committed scan ended; null before the first. */
  readonly at: Instant | null;
  /** Number of the newest change; 0 before the first. */
  readonly seq: number;
  /** Presence is judged for the moment of asking: present turns unknown when nobody looked for too long. */
  readonly devices: readonly Device[];
}

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

/** How one plan of a target stands. */
export interface PlanStatus extends PlanSchedule {
  readonly nextAt: Instant | null;
  readonly lastScan: Scan | null;
  readonly running: ScanId | null;
  /** Due times that passed while an earlier scan was still running and one was already queued. */
  readonly skipped: number;
  /** Why it was not begun when it was due, and until when; null: it was. */
  readonly putOff: PutOff | null;
  /** What it will cost as things are now, and what it cost last. */
  readonly cost: Cost;
}

export interface TargetStatus {
  readonly target: Target;
  readonly plans: readonly PlanStatus[];
  /** The newest scan could not see: presence is frozen until one can. */
  readonly blind: boolean;
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

export interface ForecastRequest {
  readonly targets: readonly string[];
  readonly plans: readonly PlanName[];
  readonly ports?: string;
}

export interface WatchRequest {
  readonly target: string;
  /** Empty: sweep at the usual cadence and ports nightly. */
  readonly schedule: readonly PlanSchedule[];
  readonly window?: Millis;
  readonly iface?: string;
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

export interface BaselineRequest {
  /** A target's id or text; null for everything. */
  readonly target: string | null;
  readonly by: string | null;
  readonly note: string | null;
}

/** What happens, as it happens. `commit` is durable and numbered; the rest is news that may be missed. */
export type FeedItem =
  | {
      readonly kind: 'commit';
      readonly scan: Scan;
      readonly changes: readonly Change[];
      readonly devices: readonly Device[];
      readonly seq: number;
    }
  | { readonly kind: 'scan.started'; readonly scan: Scan }
  | {
      readonly kind: 'scan.progress';
      readonly scan: ScanId;
      /** 0..1 */
      readonly done: number;
      readonly secondsLeft: number | null;
      readonly task: string;
      readonly hosts: number;
    }
  | { readonly kind: 'scan.host'; readonly scan: ScanId; readonly observation: Observation }
  | { readonly kind: 'target.changed'; readonly target: TargetId }
  | { readonly kind: 'incident.changed'; readonly incident: Incident }
  | { readonly kind: 'notification.changed'; readonly notification: Notification };

export interface Status {
  readonly version: string;
  readonly site: string;
  readonly pid: number;
  readonly startedAt: Instant;
  /** Raw packets, or only connections (then labelled everywhere). */
  readonly privileged: boolean;
  readonly store: string;
  readonly devices: number;
  readonly targets: number;
  readonly running: readonly ScanId[];
  readonly seq: number;
  /** What was heard since the daemon began to listen; null where nobody listens. */
  readonly heard: (HeardCount & { readonly ifaces: readonly string[] }) | null;
  /** Things that need a person: blind targets, a full disk, missing tools. */
  readonly troubles: readonly string[];
  /** What limits scans now, in sentences. */
  readonly limits?: readonly string[];
  /** Incidents that are open, and notifications that wait or are dead (of the last day); left out: nobody is told of anything. */
  readonly alerts?: { readonly open: number; readonly waiting: number; readonly dead: number };
  /** Number of the newest change of which it is decided who hears of it; null or left out: nobody has judged yet. */
  readonly judged?: number | null;
}

/**
 * Everything the doors may ask of the keeper. Methods reject with a core Fault for what the user can mend
 * (bad-input, not-found, refused, conflict, unavailable).
 */
export interface Keeper extends Alerting, Approvals, Attending, Merging, Tracing {
  status(): Status;
  roll(): RollView;
  rollAt(at: Instant): Promise<RollView>;
  /**
   * A device by id, alias, name, MAC or address, for a merged one what it is part of by now; Fault not-found, or bad-input
   * when several match.
   */
  findDevice(reference: string): Device;
  /** The merged device that a reference names, where `findDevice` finds what it is part of; else null. */
  partNamed(reference: string): Device | null;
  spansOf(device: DeviceId): Promise<readonly Span[]>;
  /** What a person says of devices: of all of them, or with a Fault not-found of none. */
  editDevices(devices: readonly DeviceId[], edit: LabelEdit): Promise<readonly Device[]>;
  /** Those of a device with those of what was merged into it. */
  changes(query: ChangeQuery): Promise<readonly Change[]>;

  scans(query: ScanQuery): Promise<readonly Scan[]>;
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

  /** One side of a comparison. Faults not-found (folded scan, no baseline), refused (running or failed scan), bad-input. */
  view(side: Side): Promise<View>;
  /** Keeps this moment to compare with. Fault refused when nothing was scanned there yet. */
  makeBaseline(request: BaselineRequest): Promise<Baseline>;
  /** Newest first; of one target, or of all and everything. */
  baselines(query: { readonly target?: string; readonly limit: number }): Promise<readonly Baseline[]>;

  targets(): readonly TargetStatus[];
  /** What plans would cost there, before they are. Faults bad-input, refused, as scanning them would. */
  forecast(request: ForecastRequest): readonly Omit<Cost, 'measured'>[];
  watch(request: WatchRequest): Promise<Target>;
  /** By id or by the target's text. */
  unwatch(reference: string): Promise<Target>;
  /** Networks on this machine's interfaces, to offer; nothing is scanned by listing them. */
  networks(): readonly (Network & { readonly watched: boolean })[];

  doctor(): Promise<readonly Finding[]>;
  backup(path: string): Promise<void>;
  /** Items from now on, until the signal stops. Slow readers lose news, never commits. */
  subscribe(listener: (item: FeedItem) => void): () => void;
}
