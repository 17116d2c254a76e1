import type { Device, LabelEdit, Labels } from '../core/index.ts';

/** The device as a person's words leave it: the same object when they say nothing new. */
export function editLabels(device: Device, edit: LabelEdit): Device {
  const { groups, tags, ...single } = edit;
  const said = Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined));
  const labels: Labels = {
    ...device.labels,
    ...said,
    groups: edited(device.labels.groups, groups),
    tags: edited(device.labels.tags, tags),
  };
  return JSON.stringify(labels) === JSON.stringify(device.labels) ? device : { ...device, labels };
}

function edited(names: readonly string[], { add = [], drop = [] }: NonNullable<LabelEdit['groups']> = {}): readonly string[] {
  const dropped = new Set(drop);
  return [...new Set([...names, ...add])].filter((name) => !dropped.has(name)).sort();
}
