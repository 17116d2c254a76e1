import { type Change, type ChangeKind, type Device, type JsonObject, PROTOCOLS, type ServicePlace } from '../core/index.ts';
import type { ApiContext } from './context.ts';

/** What of a change can be approved, or why nothing of it can be. */
export interface Approvable {
  readonly seq: number;
  readonly device: Device | null;
  /** null: that the device is here. */
  readonly place: ServicePlace | null;
  readonly reason: string | null;
  /** It was so, and is not any more. */
  readonly isLate?: boolean;
}

const OF_DEVICES: readonly ChangeKind[] = ['device.appeared', 'device.returned', 'device.described', 'device.flapping', 'device.stable'];
const OF_SERVICES: readonly ChangeKind[] = ['port.opened', 'service.changed'];
/** After these it is no longer what it was then. */
const OF_PLACES: readonly ChangeKind[] = ['port.opened', 'port.closed', 'port.filtered', 'service.changed'];

/** Changes of one device after one that are looked through. */
const MOST = 1000;

export async function approvableOf(context: ApiContext, seq: number): Promise<Approvable> {
  const { keeper } = context;
  const [change] = await keeper.changes({ afterSeq: seq - 1, limit: 1 });
  if (change?.seq !== seq) return { seq, device: null, place: null, reason: 'there is no such change' };
  const device = deviceOf(context, change);
  const nothing = (reason: string): Approvable => ({ seq, device, place: null, reason });
  if (!device) return nothing(change.device === null ? 'it is about no device' : 'its device was forgotten');
  if (OF_DEVICES.includes(change.kind)) return { seq, device, place: null, reason: null };
  if (!OF_SERVICES.includes(change.kind)) return nothing(`nothing of "${change.kind}" can be approved`);
  const place = placeIn(change.after);
  if (place === null) return nothing('it does not say which port it is about');
  const later = await keeper.changes({ device: device.id, afterSeq: seq, kinds: OF_PLACES, limit: MOST });
  const newer = later.find((one) => samePlace(placeIn(one.after) ?? placeIn(one.before), place));
  if (!newer) return { seq, device, place, reason: null };
  return { seq, device, place, reason: `it changed again since, by change ${newer.seq}`, isLate: true };
}

/** For one that was merged, what it is part of by now. */
function deviceOf({ keeper }: ApiContext, change: Change): Device | null {
  if (change.device === null) return null;
  try {
    return keeper.findDevice(String(change.device));
  } catch {
    return null;
  }
}

function placeIn(side: JsonObject | null): ServicePlace | null {
  const protocol = PROTOCOLS.find((one) => one === side?.['protocol']);
  const port = side?.['port'];
  return protocol !== undefined && typeof port === 'number' ? { protocol, port } : null;
}

const samePlace = (a: ServicePlace | null, b: ServicePlace): boolean => a?.protocol === b.protocol && a.port === b.port;
