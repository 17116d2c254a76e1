import type { Change, Device, Instant, Scan } from '../core/index.ts';

/** What a step of an evidence trail tells. */
export type WhyKind =
  | 'scan' // the look that found it, and how it ended
  | 'lines' // what the tool wrote about the device
  | 'identity' // why that host was taken for this device
  | 'belief' // what is believed of it, and since when
  | 'coverage' // who looked for it and missed it
  | 'tolerance' // how long it may keep quiet, and who says so
  | 'rule' // what the change itself says of how it was judged
  | 'lost'; // what is not known any more

export interface WhyStep {
  readonly kind: WhyKind;
  /** A sentence for people, without times. May hold text from the network. */
  readonly text: string;
  readonly at: Instant | null;
  /** When it ended; null while it holds, and for what has no length. */
  readonly until: Instant | null;
  /** When it was seen so last, where that is known apart from when it began. */
  readonly lastSeen: Instant | null;
  /** The scan it rests on, as long as it is kept. */
  readonly scan: Scan | null;
  readonly lines: readonly string[];
}

/** Why a change was told. */
export interface WhyChange {
  readonly change: Change;
  readonly steps: readonly WhyStep[];
  /** Other changes that the same scan made of the same device, or of the one that brought a person or group. */
  readonly beside: readonly Change[];
}

/** Why a device is believed to be what it is. */
export interface WhyDevice {
  readonly device: Device;
  readonly steps: readonly WhyStep[];
}

/** What may be asked about the evidence behind beliefs and changes. */
export interface Tracing {
  /** The evidence trail of a change. Fault not-found for a number nobody has. */
  whyChange(seq: number): Promise<WhyChange>;
  /** The evidence behind what is believed of a device; with `all` also behind what was believed once. */
  whyDevice(device: Device, all: boolean): Promise<WhyDevice>;
}
