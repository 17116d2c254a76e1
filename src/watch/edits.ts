import type { ChangeDraft, Device, DeviceId, LabelEdit } from '../core/index.ts';
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
  return {
    touched,
    changes: touched.flatMap(({ before, after }) => [...released(before, after), ...compareLabels(asReleased(before, after), after)]),
  };
}

/** That a device may be asked again is a change of its own. */
function released(before: Device, after: Device): readonly ChangeDraft[] {
  const { harmed } = before.labels;
  if (harmed === null || after.labels.harmed !== null) return [];
  const text = `may be asked again, after it fell silent under scan ${harmed}`;
  return [{ kind: 'device.released', device: after.id, before: { scan: harmed }, after: { text } }];
}

const asReleased = (before: Device, after: Device): Device => ({ ...before, labels: { ...before.labels, harmed: after.labels.harmed } });
