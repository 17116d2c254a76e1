/**
 * A map that is a value: another version of it costs what differs, not what it holds. Most of it lies in `under`, which
 * versions have in common; `over` says what is otherwise by now.
 */
export interface Layers<K, V extends object | number> {
  readonly under: ReadonlyMap<K, V>;
  /** null: taken out. */
  readonly over: ReadonlyMap<K, V | null>;
}

export const noLayers = <K, V extends object | number>(): Layers<K, V> => ({ under: new Map(), over: new Map() });

export function inLayers<K, V extends object | number>({ under, over }: Layers<K, V>, key: K): V | undefined {
  const upper = over.get(key);
  return upper === undefined ? under.get(key) : (upper ?? undefined);
}

/** All of it; of no order. */
export function* allInLayers<K, V extends object | number>({ under, over }: Layers<K, V>): Generator<V> {
  for (const value of over.values()) if (value !== null) yield value;
  for (const [key, value] of under) if (!over.has(key)) yield value;
}

/** The next version while it is written. */
export class Sheet<K, V extends object | number> {
  readonly #from: Layers<K, V>;
  #over: Map<K, V | null> | null = null;

  constructor(from: Layers<K, V>) {
    this.#from = from;
  }

  get(key: K): V | undefined {
    return inLayers(this.#so, key);
  }

  set(key: K, value: V): void {
    this.#written().set(key, value);
  }

  drop(key: K): void {
    if (this.get(key) !== undefined) this.#written().set(key, null);
  }

  all(): Generator<V> {
    return allInLayers(this.#so);
  }

  /** The version that was written. What is not kept is left out where there is an occasion. */
  done(keeps: (value: V) => boolean = () => true): Layers<K, V> {
    const { under, over } = this.#so;
    if (over.size <= FEW + 4 * Math.sqrt(under.size)) return { under, over };
    const flat = new Map<K, V>();
    for (const [key, value] of under) if (!over.has(key) && keeps(value)) flat.set(key, value);
    for (const [key, value] of over) if (value !== null && keeps(value)) flat.set(key, value);
    return { under: flat, over: new Map() };
  }

  get #so(): Layers<K, V> {
    return { under: this.#from.under, over: this.#over ?? this.#from.over };
  }

  #written(): Map<K, V | null> {
    this.#over ??= new Map(this.#from.over);
    return this.#over;
  }
}

/** So many differences are copied along at least before all is written anew. */
const FEW = 64;

/** Lists of numbers by key, written in place of lists of the version before. */
export class ListSheet<K> {
  readonly #sheet: Sheet<K, readonly number[]>;
  /** Lists that are of this version only, and may be written into. */
  readonly #own = new Map<K, number[]>();

  constructor(from: Layers<K, readonly number[]>) {
    this.#sheet = new Sheet(from);
  }

  get(key: K): readonly number[] {
    return this.#sheet.get(key) ?? NONE;
  }

  /** In rising order; once. */
  add(key: K, entry: number): void {
    const list = this.#ownList(key);
    const place = list.findLastIndex((other) => other <= entry);
    if (list[place] !== entry) list.splice(place + 1, 0, entry);
  }

  /** In rising order, however often. */
  append(key: K, entry: number): void {
    const list = this.#ownList(key);
    list.splice(list.findLastIndex((other) => other <= entry) + 1, 0, entry);
  }

  keep(key: K, wanted: (entry: number) => boolean): void {
    const list = this.get(key);
    if (list.every(wanted)) return;
    this.#put(key, list.filter(wanted));
  }

  remove(key: K, entry: number): void {
    const place = this.get(key).indexOf(entry);
    if (place < 0) return;
    const list = this.#ownList(key);
    list.splice(place, 1);
    if (list.length === 0) this.#put(key, list);
  }

  drop(key: K): void {
    this.#put(key, []);
  }

  done(keeps?: (list: readonly number[]) => boolean): Layers<K, readonly number[]> {
    return this.#sheet.done(keeps);
  }

  #ownList(key: K): number[] {
    const own = this.#own.get(key);
    if (own) return own;
    const fresh = [...this.get(key)];
    this.#own.set(key, fresh);
    this.#sheet.set(key, fresh);
    return fresh;
  }

  #put(key: K, list: number[]): void {
    if (list.length === 0) {
      this.#own.delete(key);
      this.#sheet.drop(key);
      return;
    }
    this.#own.set(key, list);
    this.#sheet.set(key, list);
  }
}

const NONE: readonly number[] = [];
