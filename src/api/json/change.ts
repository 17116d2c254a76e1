import type { ChangeJson } from '../../contract/index.ts';
import { type Change, type Device, type DeviceId, deviceName } from '../../core/index.ts';
import { instantToJson } from '../moment.ts';
import { mapInSlices } from '../slices.ts';

/** Changes with the names their devices go by among `devices`. */
export function changesToJson(changes: readonly Change[], devices: readonly Device[]): Promise<ChangeJson[]> {
  const names = namesOf(changes, devices);
  return mapInSlices(changes, ({ seq, at, kind, device, before, after, scan }) => ({
    seq,
    at: instantToJson(at),
    kind,
    device: device === null ? null : { id: device, name: names.get(device) ?? null },
    before,
    after,
    scan,
  }));
}

function namesOf(changes: readonly Change[], devices: readonly Device[]): Map<DeviceId, string | null> {
  const asked = new Set(changes.map(({ device }) => device));
  return new Map(devices.filter(({ id }) => asked.has(id)).map((device) => [device.id, deviceName(device)]));
}
