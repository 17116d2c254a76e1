import type { ChangeDraft, Device, JsonObject, Labels } from '../core/index.ts';

/** What people say differently of a device; nothing when they say the same. */
export function compareLabels(before: Device, after: Device): ChangeDraft[] {
  const said = (Object.keys(after.labels) as (keyof Labels)[]).filter((key) => !same(before.labels[key], after.labels[key]));
  if (said.length === 0) return [];
  return [{ kind: 'device.edited', device: after.id, before: side(before.labels, said), after: side(after.labels, said) }];
}

const side = (labels: Labels, keys: readonly (keyof Labels)[]): JsonObject => Object.fromEntries(keys.map((key) => [key, labels[key]]));

const same = (a: Labels[keyof Labels], b: Labels[keyof Labels]): boolean => JSON.stringify(a) === JSON.stringify(b);
