import { setImmediate as othersTurn } from 'node:timers/promises';

/** Longest stretch of computing before other work of this process gets its turn, in ms. */
const STRETCH = 5;

/** Takes a calculation to its end, and gives way where it offers to. */
export async function unhurried<Result>(calculation: Generator<void, Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const { done, value } = calculation.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    await othersTurn();
    since = performance.now();
  }
}

/** Array.flatMap as such a calculation. */
export function* flatMapped<In, Out>(items: readonly In[], map: (item: In) => readonly Out[]): Generator<void, Out[]> {
  const mapped: Out[] = [];
  for (const [index, item] of items.entries()) {
    mapped.push(...map(item));
    if (index % 100 === 99) yield;
  }
  return mapped;
}
