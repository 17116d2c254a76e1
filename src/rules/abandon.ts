import type { Instant } from '../core/index.ts';
import { giveUp, noChannel } from './death.ts';
import type { Desk, Step } from './desk.ts';
import { endSitting, sittingOf } from './sitting.ts';
import type { Terms } from './terms.ts';

export interface Abandoning {
  readonly channel: string;
  /** As they are while it still exists: its fallback tells what waits for it. */
  readonly terms: Terms;
  readonly now: Instant;
}

/** Gives up all that waits for a channel that is about to go. */
export function abandon(desk: Desk, { channel, terms, now }: Abandoning): Step {
  const sitting = sittingOf(desk, { terms, now });
  // What could not be replaced becomes a message of its own, which has to be given up in its turn.
  for (let [row] = sitting.draft.waiting(channel); row; [row] = sitting.draft.waiting(channel)) giveUp(sitting, row, noChannel(channel));
  return endSitting(sitting);
}
