import type { LookOrder, Network } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { networksOf } from '../machine/networks.ts';
import { type Part, partsOf } from './parts.ts';
import { type Snapshot, snapshot } from './self-check.ts';

/** How the addresses of an order are reached from here. Remembers the networks of this machine: a lost one is not a routed one. */
export interface Survey {
  /** `now`: this machine as just seen, when somebody has looked already. */
  split(order: Pick<LookOrder, 'addresses' | 'iface'>, now?: Snapshot): Promise<Part[]>;
}

export function createSurvey(machine: Machine): Survey {
  /** Networks this machine stood in at any look so far, by block. */
  const remembered = new Map<string, Network>();
  return {
    async split({ addresses, iface }, now) {
      const { links, routes } = now ?? (await snapshot(machine));
      const networks = networksOf(links);
      const parts = partsOf(addresses, iface, { links, networks, remembered: [...remembered.values()], routes });
      for (const network of networks) remembered.set(network.block, network);
      return parts;
    },
  };
}
