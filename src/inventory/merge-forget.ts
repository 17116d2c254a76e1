import { type ChangeDraft, type Device, type DeviceId, Fault } from '../core/index.ts';
import { compareLabels, deviceSide } from '../diff/index.ts';
import type { Amendment } from './amend.ts';
import { allPartsOf, apart, membersOf, shown } from './merge-members.ts';
import type { Roll } from './roll.ts';

/**
 * Forgets devices with everything known of them, and those that were merged into them; their history stays. One that is
 * seen again is a new device. Throws Faults: not-found, bad-input (none is named), refused (is part of another).
 */
export function forgetDevices(roll: Roll, ids: readonly DeviceId[]): Amendment {
  const named = membersOf(roll, ids, 'forgetting');
  if (named.length === 0) throw new Fault('bad-input', 'forgetting devices: none is named', 'name at least one');
  const forgotten = named.flatMap((whole) => [
    { device: whole, text: `forgot ${shown(whole)}` },
    ...allPartsOf(roll, whole.id).map((device) => ({ device, text: `forgot ${shown(device)}, part of ${shown(whole)}` })),
  ]);
  return {
    touched: forgotten.map(({ device }) => ({ before: device, after: null })),
    changes: forgotten.map(
      ({ device, text }): ChangeDraft => ({
        kind: 'device.forgotten',
        device: device.id,
        before: deviceSide(device),
        after: { text },
      }),
    ),
  };
}

/**
 * Says of devices that no two of them are one; no merge of them is proposed again. Throws Faults: not-found, bad-input
 * (less than two are named), refused (is part of another).
 */
export function declareDistinct(roll: Roll, ids: readonly DeviceId[]): Amendment {
  const named = membersOf(roll, ids, 'telling apart');
  if (named.length < 2) throw new Fault('bad-input', `telling apart ${named.map(({ id }) => id).join()}: from nobody`, 'name two devices');
  const all = named.map(({ id }) => id);
  const touched = named.map((before): { before: Device; after: Device } => ({ before, after: apart(before, all) }));
  return { touched, changes: touched.flatMap(({ before, after }) => compareLabels(before, after)) };
}
