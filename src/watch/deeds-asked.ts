import type { Setting } from '../config/index.ts';
import type {
  Cadence,
  Device,
  DeviceId,
  Instant,
  Millis,
  PlanName,
  PlanSchedule,
  SavedView,
  StoreCopy,
  Target,
  WakeSent,
} from '../core/index.ts';
import type { EachEdit } from '../inventory/index.ts';
import type { Asker } from './asker.ts';
import type { Undoing } from './undo-asked.ts';

export type SavedViewDraft = Omit<SavedView, 'id' | 'site' | 'owner' | 'savedAt'>;

/** What is to change about a target; what is left out stays. */
export interface TargetEdit {
  /** In place of all there is. */
  readonly schedule?: readonly PlanSchedule[];
  /** Plans to switch off, or on at their usual times. */
  readonly plans?: readonly { readonly plan: PlanName; readonly on: boolean }[];
  /** null: that of the site. */
  readonly window?: Millis | null;
  /** null: found by route. */
  readonly iface?: string | null;
  /** Only say how it would be. */
  readonly dryRun?: boolean;
}

/** When a plan is due from now on. */
export interface DueTimes {
  readonly plan: PlanName;
  readonly cadence: Cadence;
  /** The first few. */
  readonly at: readonly Instant[];
}

export interface EditedTarget {
  readonly target: Target;
  readonly next: readonly DueTimes[];
  readonly dryRun: boolean;
}

/** A device for which magic packets were sent. Whether it wakes up, later looks tell. */
export interface Woken {
  readonly device: Device;
  readonly at: Instant;
  readonly sent: readonly WakeSent[];
}

/** The settings in force. */
export interface Settings {
  /** The config file; null: there is none. */
  readonly file: string | null;
  readonly settings: readonly Setting[];
}

/** What people do that is no label of devices named together, approval, merge, alert or scan. */
export interface Deeds extends Undoing {
  /** Those an asker may see: its own, and what others share. By page and name. */
  savedViews(asker: Asker): Promise<readonly SavedView[]>;
  /** In place of the asker's own one of that page and name. Faults bad-input, refused. */
  saveView(draft: SavedViewDraft, asker: Asker): Promise<SavedView>;
  /** Faults not-found, refused. */
  removeView(id: number, asker: Asker): Promise<SavedView>;
  /** Says another thing of each device, in one commit: of all of them or, with a Fault, of none. */
  editEach(edits: readonly EachEdit[]): Promise<readonly Device[]>;
  /** By id or text. Faults not-found, bad-input, refused where the config file declares it. */
  editTarget(reference: string, edit: TargetEdit): Promise<EditedTarget>;
  /** Faults refused (no hardware address that could be woken, no watched network, too often), unavailable. */
  wake(device: DeviceId): Promise<Woken>;
  settings(): Settings;
  /** A whole and consistent copy of the store. Faults unavailable (no room), refused (a store that is no file). */
  copyStore(): Promise<StoreCopy>;
}
