import type { Device, DeviceId, Mac, MergeProposal } from '../core/index.ts';
import type { MergeRequest } from '../inventory/index.ts';

/** Which merge is to be taken back. */
export interface UndoRequest {
  /** The device that absorbed another, as people call it; or the one that was absorbed, by its id or by what only it was called. */
  readonly device: string;
  /** The one that was absorbed, by whatever it was called; null when there is only one. */
  readonly part: string | null;
}

/** What may be asked about which devices are one. All of it but forgetting can be taken back, and history stays. */
export interface Merging {
  /** Devices that are probably one, best first. */
  proposals(): readonly MergeProposal[];
  /** Resolves to the device that goes on. Faults not-found, bad-input, refused: nothing is merged then. */
  mergeDevices(request: MergeRequest): Promise<Device>;
  /** Makes hardware addresses a device of their own. Resolves to the old device and the one split off. */
  splitDevice(device: DeviceId, macs: readonly Mac[]): Promise<readonly Device[]>;
  /** Takes a merge back. Resolves to both devices. */
  undoMerge(request: UndoRequest): Promise<readonly Device[]>;
  /** No two of these are one; no merge of them is proposed again. */
  declareDistinct(devices: readonly DeviceId[]): Promise<readonly Device[]>;
  /** Forgets devices for good; their changes stay numbered. */
  forgetDevices(devices: readonly DeviceId[]): Promise<void>;
}
