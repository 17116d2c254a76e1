import type { Device } from '../core/index.ts';
import { type WhyChange, whyChange } from './why-change.ts';
import { type WhyDevice, whyDevice } from './why-device.ts';
import type { Wired } from './wire.ts';

export type { WhyChange } from './why-change.ts';
export type { WhyDevice } from './why-device.ts';
export type { WhyKind, WhyStep } from './why-steps.ts';

/** What may be asked about the evidence behind beliefs and changes. */
export interface Tracing {
  /** The evidence trail of a change. Fault not-found for a number nobody has. */
  whyChange(seq: number): Promise<WhyChange>;
  /** The evidence behind what is believed of a device; with `all` also behind what was believed once. */
  whyDevice(device: Device, all: boolean): Promise<WhyDevice>;
}

export const tracingOf = (wired: Wired): Tracing => ({
  whyChange: (seq) => whyChange(wired, seq),
  whyDevice: (device, all) => whyDevice(wired, device, all),
});
