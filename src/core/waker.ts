import type { Address } from './address.ts';
import type { Result } from './fault.ts';
import type { Mac } from './mac.ts';
import type { Network } from './prober.ts';

/** Whom to wake, and on which segment. */
export interface WakeOrder {
  readonly mac: Mac;
  /** A network this machine stands in: nothing is sent to any other. */
  readonly network: Network;
}

/** A magic packet that went out. */
export interface WakeSent {
  readonly mac: Mac;
  readonly iface: string;
  readonly from: Address;
  /** The broadcast address of the segment. */
  readonly to: Address;
}

/** UDP port that magic packets are sent to: "discard", which nobody answers at. */
export const WAKE_PORT = 9;

/** Wakes machines that sleep with their network card awake. */
export interface Waker {
  /** One magic packet to the broadcast address of the segment. Whether anybody wakes up by it, nobody can tell. */
  wake(order: WakeOrder): Promise<Result<WakeSent>>;
}
