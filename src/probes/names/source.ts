import type { Clue, HostName, Millis, NameSource, Observation, StopSignal } from '../../core/index.ts';

/** What a source said of one host; no names: it answered "none". */
export interface Answer {
  readonly names: readonly HostName[];
  readonly clues: readonly Clue[];
}

/** What a question may cost. */
export interface Asking {
  /** For one question; where several follow on each other, for each. */
  readonly timeout: Millis;
  /** Stops at the deadline for all. */
  readonly signal: StopSignal;
}

/** Somebody who knows names of hosts. */
export interface Source {
  readonly name: NameSource;
  /**
   * Whether its answer holds until it is asked again. Devices also say their names unasked: what one answered an hour ago
   * must not take the place of what it was heard saying since.
   */
  readonly holds: boolean;
  /** Whether it can be asked for this host at all. */
  suits(seen: Observation): boolean;
  /** null: nobody answered. Never throws. */
  ask(seen: Observation, asking: Asking): Promise<Answer | null>;
}
