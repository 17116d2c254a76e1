import { setImmediate as othersTurn } from 'node:timers/promises';

/** Longest stretch of computing before other work of this process gets its turn, in ms. */
const STRETCH = 5;

/** Takes a calculation to its end, and gives way where it offers to. */
export async function inSlices<Result>(calculation: Generator<void, Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const { done, value } = calculation.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    await othersTurn();
    since = performance.now();
  }
}
