import type { ComparisonItem } from '../../core/index.ts';

/** Devices held back until the sum is known. */
const HELD = 2000;

/**
 * The comparison with its sum before its devices, for those who read from the top. Where too many devices differ to hold
 * them, the sum stays at the end.
 */
export async function* sumFirst(items: AsyncIterable<ComparisonItem>, most: number = HELD): AsyncGenerator<ComparisonItem, void, void> {
  const held: ComparisonItem[] = [];
  let holding = true;
  for await (const item of items) {
    if (holding && item.kind === 'device') held.push(item);
    else yield item;
    if (item.kind !== 'sum' && held.length <= most) continue;
    yield* held.splice(0);
    holding = false;
  }
  yield* held;
}
