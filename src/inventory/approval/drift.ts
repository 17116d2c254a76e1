import type { ApprovalId, DeviceId, ServicePlace } from '../../core/index.ts';

export const DRIFT_KINDS = [
  'device.unapproved',
  'device.missing',
  'service.unapproved',
  'service.missing',
  'service.changed',
  'service.forbidden',
] as const;

/** What differs from what was approved. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** The device an item is about; a host that was approved and never seen has no id. */
export interface DriftDevice {
  readonly id: DeviceId | null;
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
}

export interface DriftItem {
  readonly kind: DriftKind | 'unknown';
  readonly device: DriftDevice;
  /** null: about the device as a whole. */
  readonly place: ServicePlace | null;
  /** What nmap calls the service ("ssh"); empty where nobody knows. */
  readonly called: string;
  /** What is there, in words; null: nothing, or nobody knows. */
  readonly found: string | null;
  /** What was approved, in words; null: nothing. */
  readonly approved: string | null;
  /** Why it is told. */
  readonly reason: string;
  /** The approval or policy it concerns. */
  readonly approval: ApprovalId | null;
}

export interface Drift {
  /** In the order of devices, then ports: drift only. */
  readonly items: readonly DriftItem[];
  /** What cannot be said, because nobody looked or nobody could tell. */
  readonly unknown: readonly DriftItem[];
  /** How many devices were judged, and how many of them are just as approved. */
  readonly devices: number;
  readonly asApproved: number;
  /** false: nothing was approved of any device by then, so that only policies were judged. */
  readonly begun: boolean;
}
