import type {
  Approval,
  ApprovalId,
  Baseline,
  Change,
  DeviceId,
  DeviceRow,
  ImportRecord,
  Instant,
  LeaseHolder,
  Run,
  SavedView,
  Scan,
  ScanId,
  Span,
  Target,
  TargetId,
} from '../../core/index.ts';
import { type AccessState, nobodyYet } from './access-state.ts';
import { type AlertState, noAlerts } from './alert-state.ts';

/** All a store holds, as plain maps. */
export interface State {
  readonly devices: Map<DeviceId, Omit<DeviceRow, 'lastSeen'>>;
  readonly spans: Map<DeviceId, Span[]>;
  readonly sightings: Map<DeviceId, Map<string, Instant>>;
  readonly changes: Change[];
  readonly scans: Map<ScanId, KeptScan>;
  /** Newest run of each topic last. */
  readonly runs: Map<string, KeptRun[]>;
  readonly raw: Map<ScanId, Uint8Array>;
  readonly targets: Map<TargetId, Target>;
  /** In the order they were made. */
  readonly baselines: Baseline[];
  readonly imports: ImportRecord[];
  /** In the order they were made. */
  readonly approvals: Approval[];
  readonly expiryTold: Set<ApprovalId>;
  readonly alerts: AlertState;
  /** In the order they were first saved. */
  readonly savedViews: Map<number, SavedView>;
  readonly access: AccessState;
  readonly committedAt: Map<string, Instant>;
  readonly given: { scan: ScanId; run: number; target: TargetId; savedView: number };
  lease: { fence: number; holder: LeaseHolder | null; until: Instant };
}

export interface KeptScan extends Scan {
  /** Spans it opened or closed. */
  readonly spans: number;
}

export interface KeptRun extends Run {
  /** How its scans were done and ended, as text to compare. */
  readonly terms: string;
  /** When its first scan ended. */
  readonly firstEnd: Instant;
  /** One of its scans, for what they have in common. */
  readonly look: Scan;
}

export function emptyState(): State {
  return {
    devices: new Map(),
    spans: new Map(),
    sightings: new Map(),
    changes: [],
    scans: new Map(),
    runs: new Map(),
    raw: new Map(),
    targets: new Map(),
    baselines: [],
    imports: [],
    approvals: [],
    expiryTold: new Set(),
    alerts: noAlerts(),
    savedViews: new Map(),
    access: nobodyYet(),
    committedAt: new Map(),
    given: { scan: 0, run: 0, target: 0, savedView: 0 },
    lease: { fence: 0, holder: null, until: 0 },
  };
}
