import type { Device, DeviceId, LabelEdit } from '../core/index.ts';
import { compareLabels } from '../diff/index.ts';
import { type Amendment, type Roll, relabel } from '../inventory/index.ts';
import type { Wired } from './wire.ts';

/** Sets labels of several devices in one commit. Resolves to all of them, also those that were so already. */
export async function editDevices({ ledger, outside }: Wired, ids: readonly DeviceId[], edit: LabelEdit): Promise<readonly Device[]> {
  const { devices } = await ledger.amend({ said: 'device set', at: outside.clock.now(), of: (roll) => labelled(roll, ids, edit) });
  return devices;
}

function labelled(roll: Roll, ids: readonly DeviceId[], edit: LabelEdit): Amendment {
  const touched = relabel(roll, ids, edit);
  return { touched, changes: touched.flatMap(({ before, after }) => compareLabels(before, after)) };
}
