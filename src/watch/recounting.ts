import type { DeviceId } from '../core/index.ts';
import { allPartsOf } from '../inventory/index.ts';
import { Chronicle, type Meant } from './chronicle.ts';
import type { Recounting } from './chronicle-asked.ts';
import { unhurried } from './unhurried.ts';
import type { Wired } from './wire.ts';

/** What is asked of all changes, answered by the chronicle. */
export function recountingOf({ outside: { store }, ledger }: Wired): Recounting {
  const chronicle = new Chronicle(store);
  const ready = async ({ devices, ...meant }: Meant): Promise<Meant> => {
    await chronicle.upTo(ledger.seq);
    return devices === undefined ? meant : { ...meant, devices: withParts(devices) };
  };
  const withParts = (devices: ReadonlySet<DeviceId>): ReadonlySet<DeviceId> => {
    const { roll } = ledger;
    const wholes = new Set([...roll.merged.values()].map(({ mergedInto }) => mergedInto));
    const parts = [...devices].filter((id) => wholes.has(id)).flatMap((id) => allPartsOf(roll, id));
    return new Set([...devices, ...parts.map(({ id }) => id)]);
  };
  return {
    async changesWhere({ newestFirst, limit, ...meant }) {
      const seqs = await unhurried(chronicle.numbers(await ready(meant), { newestFirst, limit }));
      return store.changes({ seqs, newestFirst, limit });
    },
    async countChanges({ slots, since, until, ...meant }) {
      return unhurried(chronicle.tally(await ready(meant), { since, until, slots }));
    },
  };
}
