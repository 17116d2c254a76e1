import type { Instant } from '../../core/index.ts';
import { matches } from '../../inventory/index.ts';
import type { Fits, Terms } from '../../rules/index.ts';
import { type Beliefs, filtersOf, standingOf } from './happenings.ts';
import { typeOf } from './parties.ts';

/** Whether devices fit the filters of mutes and maintenance, as they are believed now. Rejects where the store does. */
export async function fitting({ mutes, upkeep }: Pick<Terms, 'mutes' | 'upkeep'>, beliefs: Beliefs, now: Instant): Promise<Fits> {
  const filters = filtersOf({ rules: [], mutes, upkeep });
  const standing = await standingOf(filters, beliefs);
  const asked = { now, typeOf, ...(standing && { standing }) };
  return (id, where) => {
    const [filter, device] = [filters.get(where), beliefs.roll.devices.get(id)];
    return filter !== undefined && device !== undefined && matches(filter, device, asked);
  };
}
