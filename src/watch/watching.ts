import type { Instant } from '../core/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { ByHand } from './by-hand.ts';
import type { Expiries } from './expiries.ts';
import type { FollowUps } from './follow-up.ts';
import type { RollView } from './keeper.ts';
import type { Keepings } from './keepings.ts';
import type { Listening } from './listening.ts';
import type { ReasonedRules } from './presence-rules.ts';
import type { ScanRunner } from './scan-runner.ts';
import type { Scheduler } from './scheduler.ts';

/** The connected parts of a keeper that looks and remembers, and tells nobody. */
export interface Watching extends Keepings {
  readonly runner: ScanRunner;
  readonly byHand: ByHand;
  readonly scheduler: Scheduler;
  readonly arrivals: Arrivals;
  readonly expiries: Expiries;
  readonly followUps: FollowUps;
  /** null: nobody listens. */
  readonly listening: Listening | null;
  readonly rollView: () => RollView;
  rules(at: Instant): ReasonedRules;
}
