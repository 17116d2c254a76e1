import type { AccessStore, Clock, Lease } from '../core/index.ts';
import type { Cost } from './passwords.ts';
import type { Dice } from './secrets.ts';

/** Where it is told what could not be kept. A pino logger is one. */
export interface AccessLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface AccessParts {
  readonly store: AccessStore;
  /** The right to write, taken when it is needed first. Fault 'conflict' when somebody else has it. */
  readonly lease: () => Promise<Lease>;
  readonly clock: Clock;
  readonly log: AccessLog;
  /** The secret in the state folder, for programs of this machine's owner; left out: there is none. */
  readonly local?: string;
  /** Whether people may sign in at an identity provider; left out: no. */
  readonly elsewhere?: boolean;
  /** What the owner calls that; left out: nothing. */
  readonly elsewhereLabel?: string | null;
  /** Left out: the dice of the machine. */
  readonly dice?: Dice;
  /** Left out: what is advised today. */
  readonly cost?: Cost;
}
