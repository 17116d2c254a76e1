import type { Address, DeviceMac, Fact, Instant, Millis, PastRecord } from '../../core/index.ts';

/** Other programs tell times to the second: what is said of one holds for as long as it is. */
export const SECOND: Millis = 1000;

/** A stretch of being there, or of having been looked for in vain. */
export interface Stretch {
  readonly value: 'present' | 'away';
  readonly from: Instant;
  readonly to: Instant;
}

/** A fact over time; `to` null: nothing was told of its end. */
export interface PastFact {
  readonly fact: Fact;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** A device as other programs remember it. */
export interface PastDevice {
  readonly macs: readonly DeviceMac[];
  /** In order, without overlaps. */
  readonly presence: readonly Stretch[];
  /** Everything but presence. */
  readonly facts: readonly PastFact[];
  /** When it was seen last at its addresses. */
  readonly seenAt: ReadonlyMap<Address, Instant>;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly said: PastRecord['said'];
}
