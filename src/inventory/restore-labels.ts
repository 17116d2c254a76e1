import { type Device, type DeviceId, deviceName, Fault, type Labels } from '../core/index.ts';
import type { Relabelled } from './relabel.ts';
import type { Roll } from './roll.ts';

/** What was said of a device, and what was said before. */
export interface LabelStep {
  readonly device: DeviceId;
  readonly was: Labels;
  readonly is: Labels;
}

/**
 * Devices with what was said before, where nothing else was said since: of all of them or, with a Fault conflict that names the first
 * that differs, of none.
 */
export function restoreLabels({ devices }: Pick<Roll, 'devices'>, steps: readonly LabelStep[]): Relabelled[] {
  return steps.map(({ device: id, was, is }) => {
    const before = devices.get(id);
    if (!before) throw new Fault('conflict', `taking back what was said of #${id}: it was merged or forgotten since`, 'say it by hand');
    const keys = (Object.keys(is) as (keyof Labels)[]).filter((key) => !same(was[key], is[key]));
    const changed = keys.find((key) => !same(before.labels[key], is[key]));
    if (changed) throw changedSince(before, changed);
    return { before, after: { ...before, labels: { ...before.labels, ...Object.fromEntries(keys.map((key) => [key, was[key]])) } } };
  });
}

function changedSince(device: Device, key: keyof Labels): Fault {
  const named = deviceName(device);
  const shown = named === null ? `#${device.id}` : `#${device.id} (${named})`;
  return new Fault(
    'conflict',
    `taking back what was said of ${shown}: somebody changed its ${key === 'alias' ? 'name' : key} since`,
    'look at its history, and say by hand what is meant',
  );
}

const same = (a: Labels[keyof Labels], b: Labels[keyof Labels]): boolean => JSON.stringify(a) === JSON.stringify(b);
