import { type Device, type DeviceId, Fault, type LabelEdit } from '../core/index.ts';
import { compareLabels } from '../diff/index.ts';
import { type Amendment, editLabels, type Roll } from '../inventory/index.ts';
import type { Wired } from './wire.ts';

/** Sets labels of several devices in one commit. Resolves to all of them, also those that were so already. */
export async function editDevices({ ledger, outside }: Wired, ids: readonly DeviceId[], edit: LabelEdit): Promise<readonly Device[]> {
  const { devices } = await ledger.amend({ said: 'device set', at: outside.clock.now(), of: (roll) => labelled(roll, ids, edit) });
  return devices;
}

function labelled(roll: Roll, ids: readonly DeviceId[], edit: LabelEdit): Amendment {
  const touched = [...new Set(ids)].map((id) => {
    const before = deviceIn(roll, id);
    return { before, after: editLabels(before, edit) };
  });
  return { touched, changes: touched.flatMap(({ before, after }) => compareLabels(before, after)) };
}

export function deviceIn(roll: Roll, id: DeviceId): Device {
  const device = roll.devices.get(id);
  if (!device) throw new Fault('not-found', `editing device ${id}: there is none`, 'list them with "rollcall devices"');
  return device;
}
