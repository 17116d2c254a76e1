import { breathe } from './slices.ts';

/** Longest stretch of work before others get a turn, in ms. */
const STRETCH = 5;

/** Items as they are asked for, giving way between them; null is no item, but a good moment for it. Ends early when nobody waits for more. */
export async function* paced<Item>(items: Iterable<Item | null>, signal: AbortSignal | undefined): AsyncGenerator<Item, void, void> {
  let since = performance.now();
  for (const item of items) {
    if (signal?.aborted) return;
    if (item !== null) yield item;
    if (performance.now() - since < STRETCH) continue;
    await breathe();
    since = performance.now();
  }
}

/** Takes a calculation to its end, and gives way where it offers to. */
export async function inSteps<Result>(calculation: Generator<void, Result>): Promise<Result> {
  for (let since = performance.now(); ; ) {
    const { done, value } = calculation.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    await breathe();
    since = performance.now();
  }
}
