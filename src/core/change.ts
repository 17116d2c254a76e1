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
  /** Another SSH host key or certificate than before, for no reason that can be seen: loud. */
  'service.key-changed',
  /** Another certificate of the same subject and issuer in place of one that neared its end. */
  'certificate.renewed',
  /** A certificate ends within some days, or has ended. */
  'certificate.expiring',
  'vantage.blind',
  'vantage.restored',
  /** The probe may do more or less than before (raw packets, hardware addresses). */
  'vantage.changed',
  /** People said something else of it. */
  'device.edited',
  /** A directed look at a newcomer is done: what it is, by name, maker and ports. */
  'device.described',
  'device.merged',
  'device.split',
  'device.forgotten',
  /** It comes and goes; its comings and goings are held back until it is stable. */
  'device.flapping',
  'device.stable',
  'merge.proposed',
  /** Two devices answer at one address. */
  'address.conflict',
  /** Another hardware address answers for the gateway. */
  'gateway.changed',
  /** Most of a segment fell silent at once, while its gateway lives: presence is frozen. */
  'segment.lost',
  'segment.restored',
  /** More strangers at once than can be true: they are held back. */
  'storm.began',
  'storm.ended',
  'person.arrived',
  'person.left',
  'group.first-arrived',
  'group.last-left',
  /** It answered a scan of its ports and fell silent under it: it is left alone from then on. */
  'device.harmed',
  /** A person lets it be asked again. */
  'device.released',
  /** Other programs' records were taken in: whatever they tell happened long ago, and is told as spans. */
  'history.imported',
  /** What was approved until now has to be approved anew. */
  'approval.expired',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A change before the store numbers it. */
export interface ChangeDraft {
  readonly kind: ChangeKind;
  /** null for changes of a vantage, a segment, a person, a group or an import; `after` names it. */
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
