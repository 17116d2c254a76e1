import type { Change, Device, DeviceId, Instant, Store } from '../core/index.ts';
import { type MergeMemory, partsOf, type Roll, wholesOf } from '../inventory/index.ts';

/** Merges that are looked through. */
const MOST = 2000;

/** What the store remembers of the merges that a part takes part in. */
export async function mergeMemory(store: Pick<Store, 'changes' | 'devicesAt'>, roll: Roll, part: Device): Promise<MergeMemory> {
  const told = await store.changes({ kinds: ['device.merged', 'device.split'], newestFirst: true, limit: MOST });
  const order = new Map<DeviceId, number>();
  for (const { kind, device, scan } of told) if (kind === 'device.merged' && device !== null && !order.has(device)) order.set(device, scan);
  const before = new Map<DeviceId, Device>();
  for (const { id } of wholesOf(roll, part)) {
    const at = firstMerge(told, id, new Set(partsOf(roll, id).map((one) => one.id)));
    const then = at === null ? [] : await store.devicesAt(roll.site, at - 1);
    const device = then.find((one) => one.id === id);
    if (device) before.set(id, device);
  }
  return { before, order };
}

/**
 * When a device last began to absorb others: going back in time until it had no parts. Those that were taken back meanwhile
 * count as well, as what they brought was part of it when later ones came.
 */
function firstMerge(told: readonly Change[], whole: DeviceId, parts: Set<DeviceId>): Instant | null {
  let first: Instant | null = null;
  for (const { kind, device, after, at } of told) {
    if (device === null || parts.size === 0) continue;
    if (kind === 'device.split' && splitFrom(after, whole)) parts.add(device);
    if (kind === 'device.merged' && after?.['into'] === whole && parts.delete(device)) first = at;
  }
  return first;
}

function splitFrom(after: Change['after'], whole: DeviceId): boolean {
  const wholes = after?.['wholes'];
  return Array.isArray(wholes) && wholes.includes(whole);
}
