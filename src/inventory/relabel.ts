import { type Device, type DeviceId, Fault, type LabelEdit } from '../core/index.ts';
import { cleanEdit } from './clean-edit.ts';
import { editLabels } from './edit-labels.ts';
import { MOST_NAMES } from './label-names.ts';
import type { Roll } from './roll.ts';
import { spelledAlike } from './spelling.ts';

export interface Relabelled {
  readonly before: Device;
  readonly after: Device;
}

/** Devices as a person's words leave them. Fault bad-input for words no label may have, not-found for a device that is not there. */
export function relabel({ devices }: Pick<Roll, 'devices'>, ids: readonly DeviceId[], edit: LabelEdit): Relabelled[] {
  const distinct = [...new Set(ids)];
  const clean = cleanEdit(edit);
  if (typeof clean.alias === 'string' && distinct.length > 1)
    throw new Fault('bad-input', `naming ${distinct.length} devices "${clean.alias}": a name is for one device`, 'use a group or a tag');
  const spelled = spelledAlike(devices.values(), distinct, clean);
  return distinct.map((id) => {
    const before = devices.get(id);
    if (!before) throw new Fault('not-found', `editing device ${id}: there is none`, 'list them with "rollcall devices"');
    return { before, after: bounded(editLabels(before, spelled)) };
  });
}

/** The device, if it does not have more names than one may have. Fault bad-input. */
export function bounded(device: Device): Device {
  const { groups, tags } = device.labels;
  if (Math.max(groups.length, tags.length) <= MOST_NAMES) return device;
  const what = groups.length > MOST_NAMES ? `${groups.length} groups` : `${tags.length} tags`;
  throw new Fault('bad-input', `giving device ${device.id} ${what}: ${MOST_NAMES} are the most`, 'take some away first');
}
