import type { ComparisonItem } from '../../core/index.ts';

/** Devices held back until the sum is known. */
const HELD = 2000;

/**
 * The comparison with its sum before its devices, for those who read from the top. Where too many devices differ to hold
 * them, the sum stays at the end.
 */
export async function* sumFirst(items: AsyncIterable<ComparisonItem>, most: number = HELD): AsyncGenerator<ComparisonItem, void, void> {
  let held: ComparisonItem[] | null = [];
  for await (const item of items) {
    if (held === null || item.kind === 'sides') yield item;
    else if (item.kind === 'sum') {
      yield item;
      yield* held;
      held = null;
    } else {
      held.push(item);
      if (held.length <= most) continue;
      yield* held;
      held = null;
    }
  }
  if (held !== null) yield* held;
}
