import { DEVICE_TYPES, type Device, type DeviceType, type LabelEdit, type Labels, type PastRecord, type Result } from '../../core/index.ts';
import { editLabels } from '../edit-labels.ts';
import { LABEL_CAP, MOST_NAMES, readAlias, readLabelName, readNote } from '../label-names.ts';

/** A device with the labels another program's users gave it, where ours said nothing. The same object when there is nothing to add. */
export function withSaid(device: Device, said: PastRecord['said']): Device {
  const { alias, owner, note, type, group } = said;
  const { labels } = device;
  const groups =
    labels.groups.length > 0 || labels.groups.length >= MOST_NAMES ? null : read(group, (text) => readLabelName('group', text));
  const edit: LabelEdit = {
    ...first(
      labels,
      'alias',
      read(alias, (text) => readAlias(text.slice(0, LABEL_CAP.alias))),
    ),
    ...first(
      labels,
      'owner',
      read(owner, (text) => readLabelName('owner', text)),
    ),
    ...first(labels, 'note', read(note, readNote)),
    ...first(labels, 'type', typeNamed(type)),
    ...(groups !== null && { groups: { add: [groups] } }),
  };
  return Object.keys(edit).length === 0 ? device : editLabels(device, edit);
}

const first = <Key extends 'alias' | 'owner' | 'note' | 'type'>(labels: Labels, key: Key, value: Labels[Key]): LabelEdit =>
  labels[key] === null && value !== null ? { [key]: value } : {};

/** What no label may be is left out. */
function read(text: string | null | undefined, reader: (text: string) => Result<string>): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const result = reader(text);
  return result.ok ? result.value : null;
}

function typeNamed(type: DeviceType | null | undefined): DeviceType | null {
  return DEVICE_TYPES.find((name) => name === type) ?? null;
}
