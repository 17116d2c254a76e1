import { breathe } from './slices.ts';

/** Longest stretch of work before others get a turn, in ms. */
const STRETCH = 5;

/** Items as they are asked for, giving way between them; ends early when nobody waits for more. */
export async function* paced<Item>(items: Iterable<Item>, signal: AbortSignal | undefined): AsyncGenerator<Item, void, void> {
  let since = performance.now();
  for (const item of items) {
    if (signal?.aborted) return;
    yield item;
    if (performance.now() - since < STRETCH) continue;
    await breathe();
    since = performance.now();
  }
}
