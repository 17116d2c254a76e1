import type { Desk } from './desk.ts';
import { allInLayers } from './layers.ts';

/** How much there is of what alerting remembers. */
export interface Tally {
  /** Incidents. */
  readonly open: number;
  /** Notifications to be sent, now or later. */
  readonly waiting: number;
  /** Notifications that were given up, of those that are remembered. */
  readonly dead: number;
}

export function tallyOf({ openOfRule, waiting, notifications }: Desk): Tally {
  let dead = 0;
  for (const { state } of allInLayers(notifications)) if (state === 'dead') dead++;
  return { open: entriesIn(openOfRule), waiting: entriesIn(waiting), dead };
}

function entriesIn(lists: Desk['openOfRule' | 'waiting']): number {
  let entries = 0;
  for (const list of allInLayers<string, readonly number[]>(lists)) entries += list.length;
  return entries;
}
