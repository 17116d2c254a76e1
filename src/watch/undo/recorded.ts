import type { Keeper } from '../keeper.ts';
import type { Wired } from '../wire.ts';
import { recordedAlerts } from './alert-deeds.ts';
import { recordedNetwork } from './network-deeds.ts';

/** A keeper that remembers how to take back what it is told to do. What takes something back is done by the same, and remembered too. */
export function recorded(wired: Wired, plain: Keeper): Keeper {
  const keeper: Keeper = {
    ...plain,
    ...recordedAlerts(wired, plain, () => keeper),
    ...recordedNetwork(wired, plain, () => keeper),
  };
  return keeper;
}
