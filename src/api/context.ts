import type { Access } from '../access/index.ts';
import type { Caller, Instant } from '../core/index.ts';
import type { Keeper } from '../watch/index.ts';

/** What the caller's browser is to show from now on. Only faces know how that is written. */
export interface Cookies {
  set(secret: string, until: Instant): void;
  clear(): void;
}

/** What every handler gets beside its input. */
export interface ApiContext {
  readonly keeper: Keeper;
  readonly access: Access;
  /** Who asks, and what they may. */
  readonly caller: Caller;
  /** The caller sits on this machine and owns the state: unix socket or in process. */
  readonly local: boolean;
  /** Left out: the caller is no browser. */
  readonly cookies?: Cookies;
  /** What the browser says it is; left out: nothing. */
  readonly agent?: string;
  /** The wall clock, for "1d ago"; the machine's own when left out. */
  readonly now?: () => Instant;
}
