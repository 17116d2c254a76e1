import type { Device, DeviceId, Instant } from '../core/index.ts';
import { lastOf, type Party, whereSince } from '../inventory/index.ts';
import type { ApiContext } from './context.ts';

/**
 * Since when a person is where they are; null when nobody can say. `since` is that of each device. Only where a device went that
 * may have been here before those that still are, its past is looked up.
 */
export async function personSince(
  { keeper }: ApiContext,
  { is, counted }: Party,
  since: ReadonlyMap<DeviceId, Instant>,
): Promise<Instant | null> {
  const sinceOf = ({ id }: Device): Instant | undefined => since.get(id);
  if (is !== 'home') return lastOf(counted.map(sinceOf));
  const here = counted.filter(({ presence }) => presence === 'present').flatMap((device) => sinceOf(device) ?? []);
  if (here.length === 0) return null;
  const first = here.reduce((earliest, moment) => Math.min(earliest, moment));
  const exact = counted.every((device) => device.presence === 'present' || (sinceOf(device) ?? 0) < first);
  return exact ? first : whereSince(is, await Promise.all(counted.map((device) => keeper.sessionsOf(device, ALWAYS))));
}

const ALWAYS = { since: 0, until: Number.POSITIVE_INFINITY };
