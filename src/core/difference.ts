import type { JsonObject } from './change.ts';
import type { DeviceId } from './device.ts';
import type { ViewSource } from './view.ts';

/** Everything two views of the network can differ in. The words are those of changes where both have them. */
export const DIFFERENCE_KINDS = [
  'device.appeared',
  'device.left',
  'device.returned',
  'device.readdressed',
  'identity.changed',
  'os.changed',
  'port.opened',
  'port.closed',
  'port.filtered',
  'service.changed',
  'service.key-changed',
  'certificate.renewed',
  'script.changed',
] as const;

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One thing that differs. The sides are those of a change of that kind. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** What cannot be said because one side did not ask: never "removed", never "added". */
export interface UnknownPart {
  readonly what: 'device' | 'ports' | 'services' | 'scripts';
  /** The side that did not ask. */
  readonly side: 'a' | 'b';
  /** For people: "10.0.0.9 was not asked", "tcp ports 22,80 were not asked". */
  readonly text: string;
}

/** A device in a comparison: enough for somebody to recognise it. */
export interface ComparedDevice {
  /** Its id in the store; null when the store does not know it. */
  readonly id: DeviceId | null;
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
  readonly vendor: string | null;
}

/** By what the two sides of a device were taken for one. */
export type PairedBy = 'device' | 'mac' | 'address' | 'name';

/** One device that differs, or of which too little is known to say. */
export interface DeviceDifferences {
  readonly device: ComparedDevice;
  /** null: only one side has it. */
  readonly pairedBy: PairedBy | null;
  readonly differences: readonly Difference[];
  readonly unknown: readonly UnknownPart[];
}

/** One side of a comparison, in words. */
export interface ComparedSide {
  readonly source: ViewSource;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly at: string | null;
  readonly partial: string | null;
  readonly warnings: readonly string[];
  readonly devices: number;
}

/** A comparison, bit by bit: the sides, then the devices that differ in the order of their addresses, then the sum. */
export type ComparisonItem =
  | { readonly kind: 'sides'; readonly a: ComparedSide; readonly b: ComparedSide }
  | ({ readonly kind: 'device' } & DeviceDifferences)
  | {
      readonly kind: 'sum';
      /** Devices without a difference and without anything unknown. */
      readonly same: number;
      /** Devices with at least one difference: the comparison is "different" when this is not 0. */
      readonly different: number;
      /** Devices of which only unknown parts are told. */
      readonly unknown: number;
      /** How many differences of each kind; kinds without one are left out. */
      readonly kinds: Readonly<Partial<Record<DifferenceKind, number>>>;
      /** How many differences the ignore rules left out. */
      readonly ignored: number;
    };
