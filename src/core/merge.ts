import type { DeviceId } from './device.ts';

/** Devices that are probably one. Only ever proposed: a person merges, and can take it back. */
export interface MergeProposal {
  /** The one to go on as: what people labelled, else the oldest. */
  readonly keep: DeviceId;
  /** The others, in order. */
  readonly absorb: readonly DeviceId[];
  /** 0..1; of a chain, that of its weakest link. Below {@link LOW_CONFIDENCE} it is a guess. */
  readonly confidence: number;
  /** Sentences for people, strongest first: 'both call themselves "annas-iphone" by DHCP', "never present at once". */
  readonly reasons: readonly string[];
}

/** A proposal below this rests on names and habits, which anybody can copy. */
export const LOW_CONFIDENCE = 0.75;
