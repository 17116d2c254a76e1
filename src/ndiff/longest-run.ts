/** A part of both lists. */
export interface Window {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** As many entries from a in one list as from b in the other, equal one by one. */
export interface Run {
  readonly a: number;
  readonly b: number;
  readonly length: number;
  /** How many of them there were before the run was grown: entries that stand everywhere start none. */
  readonly seed: number;
}

const AUTOJUNK_FROM = 200;

/**
 * Finds the longest run in windows of two lists; of runs as long, the first in a, then the first in b.
 * One search costs as many steps as there are pairs of equal entries in the window, and stops at the first run that is as
 * long as any can be: all windows of a comparison together cost that times at most the square root of the lists' length.
 */
export class LongestRun {
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #places: Places;
  /** By place in b: the length of the run that ends there, and in which row of the search that was so. */
  readonly #lengths: Int32Array;
  readonly #rows: Uint32Array;
  #row = 0;

  constructor(a: readonly string[], b: readonly string[]) {
    const numbers = new Map<string, number>();
    this.#b = Int32Array.from(b, (entry) => numberOf(entry, numbers));
    this.#a = Int32Array.from(a, (entry) => numbers.get(entry) ?? -1);
    this.#places = new Places(this.#b, numbers.size);
    this.#lengths = new Int32Array(b.length);
    this.#rows = new Uint32Array(b.length);
  }

  /** The run has length 0 if there is none. `most`: no run can be longer before it is grown. */
  find(window: Window, most: number): Run {
    const seed = most > 0 ? this.#seed(window, most) : { length: 0, aEnd: window.aStart, bEnd: window.bStart };
    return this.#grow({ a: seed.aEnd - seed.length, b: seed.bEnd - seed.length, length: seed.length }, window);
  }

  #seed(window: Window, most: number): Seed {
    const best = { length: 0, aEnd: window.aStart, bEnd: window.bStart };
    this.#row++; // leaves one row out, so that nothing runs on from the search before
    for (let i = window.aStart; i < window.aEnd && best.length < most; i++) this.#readRow(i, window, best);
    return best;
  }

  /** All runs that end at this entry of a. From the back, for each needs what the row before left in front of it. */
  #readRow(i: number, { bStart, bEnd }: Window, best: Seed): void {
    const [lengths, rows, row] = [this.#lengths, this.#rows, ++this.#row];
    const { places } = this.#places;
    const entry = this.#a[i] as number;
    const first = this.#places.from(entry, bStart);
    for (let at = this.#places.from(entry, bEnd) - 1; at >= first; at--) {
      const j = places[at] as number;
      const length = j > 0 && rows[j - 1] === row - 1 ? (lengths[j - 1] as number) + 1 : 1;
      lengths[j] = length;
      rows[j] = row;
      if (length > best.length || (length === best.length && best.aEnd === i + 1))
        Object.assign(best, { length, aEnd: i + 1, bEnd: j + 1 });
    }
  }

  #grow(run: Omit<Run, 'seed'>, { aStart, aEnd, bStart, bEnd }: Window): Run {
    let before = 0;
    while (run.a - before > aStart && run.b - before > bStart && this.#same(run.a - before - 1, run.b - before - 1)) before++;
    let { length } = run;
    while (run.a + length < aEnd && run.b + length < bEnd && this.#same(run.a + length, run.b + length)) length++;
    return { a: run.a - before, b: run.b - before, length: length + before, seed: run.length };
  }

  #same(i: number, j: number): boolean {
    return this.#a[i] === this.#b[j];
  }
}

interface Seed {
  length: number;
  aEnd: number;
  bEnd: number;
}

function numberOf(entry: string, numbers: Map<string, number>): number {
  const known = numbers.get(entry);
  if (known !== undefined) return known;
  numbers.set(entry, numbers.size);
  return numbers.size - 1;
}

/** Where each entry stands in a list; those that stand in more than one of a hundred places, in a long list, count as nowhere. */
class Places {
  readonly places: Int32Array;
  /** By entry: the first of its places; its last one is in front of the next entry's. */
  readonly #starts: Int32Array;

  constructor(list: Int32Array, entries: number) {
    const counts = new Int32Array(entries);
    for (const entry of list) counts[entry] = (counts[entry] as number) + 1;
    const most = list.length >= AUTOJUNK_FROM ? Math.floor(list.length / 100) + 1 : list.length;
    this.#starts = new Int32Array(entries + 1);
    for (let entry = 0; entry < entries; entry++) {
      const count = counts[entry] as number;
      this.#starts[entry + 1] = (this.#starts[entry] as number) + (count > most ? 0 : count);
    }
    this.places = this.#fill(list);
  }

  #fill(list: Int32Array): Int32Array {
    const places = new Int32Array(this.#starts.at(-1) ?? 0);
    const next = this.#starts.slice();
    for (const [place, entry] of list.entries()) {
      const at = next[entry] as number;
      if (at === this.#starts[entry + 1]) continue;
      places[at] = place;
      next[entry] = at + 1;
    }
    return places;
  }

  /** Index in `places` of the entry's first place that is not in front of this one. */
  from(entry: number, place: number): number {
    if (entry < 0) return 0;
    let [low, high] = [this.#starts[entry] as number, this.#starts[entry + 1] as number];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.places[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
