import type { DeviceJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { backOf, type DeviceEdit, type Differing, differing, lotsOf } from './bulk-form.ts';

/** A device that an edit would change, or changed. */
export interface Edited {
  readonly before: DeviceJson;
  readonly after: DeviceJson;
  readonly fields: readonly Differing[];
}

/** What an edit would change of these devices; nothing is changed. Devices that stay as they are are left out. */
export async function foresee(ids: readonly number[], edit: DeviceEdit): Promise<Edited[]> {
  const edited: Edited[] = [];
  for (const lot of lotsOf(ids)) {
    const devices = lot.map(String);
    const [before, after] = await Promise.all([
      client.devices.editMany({ devices, edit: {}, dryRun: true }),
      client.devices.editMany({ devices, edit, dryRun: true }),
    ]);
    edited.push(...paired(before, after));
  }
  return edited;
}

function paired(before: readonly DeviceJson[], after: readonly DeviceJson[]): Edited[] {
  const later = new Map(after.map((device) => [device.id, device]));
  return before.flatMap((device) => {
    const changed = later.get(device.id);
    const fields = changed ? differing(device, changed) : [];
    return changed && fields.length > 0 ? [{ before: device, after: changed, fields }] : [];
  });
}

/** Says it of the devices that were foreseen to change. */
export async function editAll(edited: readonly Edited[], edit: DeviceEdit): Promise<void> {
  for (const lot of lotsOf(edited)) await client.devices.editMany({ devices: lot.map(({ before }) => String(before.id)), edit });
}

/** Makes each of them what it was. Those that take the same back are told together. */
export async function takeBackAll(edited: readonly Edited[]): Promise<void> {
  const groups = new Map<string, { readonly back: DeviceEdit; readonly ids: string[] }>();
  for (const { before, after } of edited) {
    const back = backOf(before, after, before.typeBy === 'person');
    if (back === null) continue;
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { back, ids: [] };
    group.ids.push(String(before.id));
    groups.set(key, group);
  }
  for (const { back, ids } of groups.values()) for (const lot of lotsOf(ids)) await client.devices.editMany({ devices: lot, edit: back });
}
