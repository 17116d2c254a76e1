import type {
  Baseline,
  Cadence,
  Change,
  ChangeQuery,
  Device,
  DeviceId,
  Finding,
  HeardCount,
  Incident,
  Instant,
  LabelEdit,
  Millis,
  Network,
  Notification,
  Observation,
  PlanName,
  PlanSchedule,
  Scan,
  ScanId,
  Side,
  Span,
  Target,
  TargetId,
  View,
} from '../core/index.ts';
import type { Alerting } from './alerts-asked.ts';
import type { Approvals } from './approvals-asked.ts';
import type { Recounting } from './chronicle-asked.ts';
import type { Deeds } from './deeds-asked.ts';
import type { Cost } from './governor/cost-told.ts';
import type { PutOff } from './governor/put-off.ts';
import type { Merging } from './merges-asked.ts';
import type { Scanning } from './scans-asked.ts';
import type { Segment } from './segments-asked.ts';
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

/** How one plan of a target stands. */
export interface PlanStatus extends PlanSchedule {
  readonly nextAt: Instant | null;
  /** The next moments it is due at, if nothing puts it off; left out: nobody has looked. */
  readonly ahead?: readonly Instant[];
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
export interface Keeper extends Alerting, Approvals, Attending, Deeds, Merging, Recounting, Scanning, Tracing {
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

  /** One side of a comparison. Faults not-found (folded scan, no baseline), refused (running or failed scan), bad-input. */
  view(side: Side): Promise<View>;
  /** Keeps this moment to compare with. Fault refused when nothing was scanned there yet. */
  makeBaseline(request: BaselineRequest): Promise<Baseline>;
  /** Newest first; of one target, or of all and everything. */
  baselines(query: { readonly target?: string; readonly limit: number }): Promise<readonly Baseline[]>;

  targets(): readonly TargetStatus[];
  /** The next moments of a cadence, from now on. Fault bad-input for one that cannot be. */
  runsAhead(cadence: Cadence, count: number): readonly Instant[];
  /** What plans would cost there, before they are. Faults bad-input, refused, as scanning them would. */
  forecast(request: ForecastRequest): readonly Omit<Cost, 'measured'>[];
  watch(request: WatchRequest): Promise<Target>;
  /** By id or by the target's text. */
  unwatch(reference: string): Promise<Target>;
  /** Networks on this machine's interfaces, to offer; nothing is scanned by listing them. */
  networks(): readonly (Network & { readonly watched: boolean })[];
  /** Every target, and the networks of this machine that nobody watches, with how they are seen. */
  segments(): readonly Segment[];

  doctor(): Promise<readonly Finding[]>;
  backup(path: string): Promise<void>;
  /** Items from now on, until the signal stops. Slow readers lose news, never commits. */
  subscribe(listener: (item: FeedItem) => void): () => void;
}
