import type { Change, ChannelSetup, DeviceId, Mute, QuietWindow, Rule, TellLine, Upkeep } from '../core/index.ts';

/** A channel as far as it matters who is told what, and when. */
export interface ChannelTerms extends Pick<ChannelSetup, 'name' | 'usual' | 'quiet' | 'ceiling' | 'ttl' | 'fallback'> {
  /** Whether a message that was delivered can be replaced by a later one. */
  readonly edits: boolean;
}

/** What is asked for, as it is at one moment. */
export interface Terms {
  readonly site: string;
  readonly rules: readonly Rule[];
  readonly channels: readonly ChannelTerms[];
  readonly mutes: readonly Mute[];
  readonly upkeep: readonly Upkeep[];
  /** Quiet hours of channels that have none of their own. */
  readonly quiet: readonly QuietWindow[];
  /** IANA name of the zone whose clock counts. */
  readonly zone: string;
}

/** Whether a device fits filter words by now. May throw. */
export type Fits = (device: DeviceId, where: string) => boolean;

/** A change with what rules may ask of it, as it was when it happened. */
export interface Happening {
  readonly change: Change;
  readonly line: TellLine;
  /** As {@link subjectOf} says. */
  readonly subject: string;
  /** People and groups it is about: "anna", "group:family". */
  readonly about: readonly string[];
  /** Whether its device fits filter words; false for a change of no device. */
  fits(where: string): boolean;
  /** Whether it leaves the device (or the port of the change) otherwise than approved; null: nothing was approved. Throws where nobody knows, as fits does. */
  readonly drifting: boolean | null;
  whereIs(party: string): 'home' | 'away' | 'unknown';
}
