import type { Instant } from '../core/index.ts';
import type { Keeper } from '../watch/index.ts';

/** What every handler gets beside its input. */
export interface ApiContext {
  readonly keeper: Keeper;
  /** The caller sits on this machine and owns the state: unix socket or in process. */
  readonly local: boolean;
  /** The wall clock, for "1d ago"; the machine's own when left out. */
  readonly now?: () => Instant;
}
