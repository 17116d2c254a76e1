/** Places in two lists; null: that list has nothing equal there. */
export interface Step {
  readonly a: number | null;
  readonly b: number | null;
}

interface Lists {
  /** Lengths of the two. */
  readonly a: number;
  readonly b: number;
  /** Order of two things by their places: below 0 when a's comes first, 0 when they are equal. */
  compare(a: number, b: number): number;
}

/** Walks through two ordered lists together: equal heads make one step, else the lesser one makes a step alone. */
export function* inStep({ a, b, compare }: Lists): Generator<Step> {
  for (let [i, j] = [0, 0]; i < a || j < b; ) {
    const order = i < a && j < b ? compare(i, j) : b - j - (a - i);
    yield { a: order <= 0 ? i++ : null, b: order >= 0 ? j++ : null };
  }
}
