/** Rows written by one statement: few enough that it never holds up the process for long. */
export const BATCH = 500;

/** Cuts a list into pieces of at most `size`. */
export function* batches<Item>(items: readonly Item[], size: number = BATCH): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
