import type { DeviceId } from './device.ts';
import type { ScanId } from './scan.ts';
import type { Instant } from './time.ts';

/** Everything that can change. One word, one meaning, in files, tables, JSON and on screen. */
export const CHANGE_KINDS = [
  'device.appeared',
  'device.left',
  'device.returned',
  'device.readdressed',
  'identity.changed',
  'port.opened',
  'port.closed',
  'port.filtered',
  'service.changed',
  'vantage.blind',
  'vantage.restored',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A change before the store numbers it. */
export interface ChangeDraft {
  readonly kind: ChangeKind;
  /** null for changes of a vantage. */
  readonly device: DeviceId | null;
  /** The side before and after, as far as this kind needs them. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** A change as remembered: numbered without gaps, born only at commit. */
export interface Change extends ChangeDraft {
  readonly seq: number;
  readonly at: Instant;
  readonly scan: ScanId;
}
