import type { Device, DeviceId, LabelEdit } from '../core/index.ts';
import { type EachEdit, relabel, relabelEach } from '../inventory/index.ts';
import { commitLabels } from './label-commit.ts';
import { noteLabels } from './undo/label-deed.ts';
import type { Wired } from './wire.ts';

/** Sets labels of several devices in one commit. Resolves to all of them, also those that were so already. */
export async function editDevices(wired: Wired, ids: readonly DeviceId[], edit: LabelEdit): Promise<readonly Device[]> {
  const touched = await commitLabels(wired, 'device set', (roll) => relabel(roll, ids, edit));
  noteLabels(wired, 'devices.edit', touched);
  return touched.map(({ after }) => after);
}

/** Says another thing of each device, in one commit: of all of them or, with a fault, of none. */
export async function editEach(wired: Wired, edits: readonly EachEdit[]): Promise<readonly Device[]> {
  const touched = await commitLabels(wired, 'devices taken in', (roll) => relabelEach(roll, edits));
  noteLabels(wired, 'devices.import', touched);
  return touched.map(({ after }) => after);
}
