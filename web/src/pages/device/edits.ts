import type { DeviceJson, RollcallClient } from '../../../../src/contract/index.ts';

type Edit = Omit<Parameters<RollcallClient['devices']['edit']>[0], 'reference'>;
export type DeviceEdit = Edit;

/** What takes an edit back: every field it speaks of, as it was before. */
export function undoing(before: DeviceJson, edit: DeviceEdit): DeviceEdit {
  const was = {
    name: before.alias,
    type: before.typeBy === 'person' ? before.type : null,
    owner: before.owner,
    carried: before.carried,
    note: before.note,
    importance: before.importance,
    window: before.window,
    probed: before.probed,
    gentle: before.gentle,
  };
  const plain = Object.fromEntries(Object.entries(was).filter(([key]) => edit[key as keyof typeof was] !== undefined));
  return { ...plain, ...setBack('groups', before, edit), ...setBack('tags', before, edit) };
}

/** Only what was really added or dropped is turned round. */
function setBack(key: 'groups' | 'tags', before: DeviceJson, edit: DeviceEdit): DeviceEdit {
  const said = edit[key];
  if (said === undefined) return {};
  return {
    [key]: {
      add: (said.drop ?? []).filter((one) => before[key].includes(one)),
      drop: (said.add ?? []).filter((one) => !before[key].includes(one)),
    },
  };
}

/** A list of labels after it was edited, as what was added and dropped; null when nothing was. */
export function setEdit(before: readonly string[], after: readonly string[]): { add: string[]; drop: string[] } | null {
  const kept = after.map((one) => one.trim()).filter((one) => one !== '');
  const add = kept.filter((one) => !before.includes(one));
  const drop = before.filter((one) => !kept.includes(one));
  return add.length + drop.length === 0 ? null : { add: [...new Set(add)], drop };
}
