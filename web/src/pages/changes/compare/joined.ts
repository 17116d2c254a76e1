import type { ComparisonItem } from '../../../../../src/core/index.ts';

type Told<K extends ComparisonItem['kind']> = Extract<ComparisonItem, { kind: K }>;

/** A comparison as far as it has come. */
export interface Comparison {
  readonly sides: Told<'sides'> | null;
  readonly devices: readonly Told<'device'>[];
  readonly sum: Told<'sum'> | null;
  readonly failure: unknown;
}

export const NOTHING: Comparison = { sides: null, devices: [], sum: null, failure: null };

/** Takes in items in the order they came. */
export function joined(known: Comparison, items: readonly ComparisonItem[]): Comparison {
  const devices = items.filter((item) => item.kind === 'device');
  return {
    ...known,
    sides: items.find((item) => item.kind === 'sides') ?? known.sides,
    devices: devices.length === 0 ? known.devices : [...known.devices, ...devices],
    sum: items.find((item) => item.kind === 'sum') ?? known.sum,
  };
}
