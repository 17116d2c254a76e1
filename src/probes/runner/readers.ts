import { bad, good, type Reader, type Result, show } from '../../core/index.ts';

/** A reader for each member. */
type Readers<T> = { readonly [Key in keyof T]-?: Reader<Exclude<T[Key], undefined>> };

const REMEDY = 'run daemon and runner of the same version';

/** Objects with exactly these members; those of `optional` may be left out. */
export function record<T extends object>(readers: Readers<T>, optional: readonly (keyof T & string)[] = []): Reader<T> {
  const known = Object.entries(readers) as [string, Reader<unknown>][];
  return (value) => {
    if (!isObject(value)) return bad(`${show(value)} is no object`, REMEDY);
    const strange = Object.keys(value).find((key) => !Object.hasOwn(readers, key));
    if (strange !== undefined) return bad(`${show(strange)} is no member of it`, REMEDY);
    // Only what is its own counts, whatever its prototype has.
    const wanted = known.filter(([key]) => Object.hasOwn(value, key) || !(optional as readonly string[]).includes(key));
    return membersOf(value, wanted) as Result<T>;
  };
}

function membersOf(value: Members, wanted: readonly (readonly [string, Reader<unknown>])[]): Result<Members> {
  const made: [string, unknown][] = [];
  for (const [key, read] of wanted) {
    const part = Object.hasOwn(value, key) ? read(value[key]) : bad('it is left out', REMEDY);
    if (!part.ok) return bad(`${key}: ${part.reason}`, REMEDY);
    made.push([key, part.value]);
  }
  return good(Object.fromEntries(made));
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of one length at most. */
export const list =
  <T>(read: Reader<T>, most: number): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value)) return bad(`${show(value)} is no list`, REMEDY);
    if (value.length > most) return bad(`it holds ${value.length}, more than ${most}`, REMEDY);
    const made: T[] = [];
    for (const item of value) {
      const part = read(item);
      if (!part.ok) return part;
      made.push(part.value);
    }
    return good(made);
  };

export const nullOr =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? good(null) : read(value);

/** Numbers within limits, both included. */
export const number =
  (least: number, most: number): Reader<number> =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? good(value)
      : bad(`${show(value)} is no number from ${least} to ${most}`, REMEDY);

export const whole = (least: number, most: number): Reader<number> => {
  const read = number(least, most);
  return (value) => {
    const part = read(value);
    return part.ok && !Number.isInteger(part.value) ? bad(`${part.value} is no whole number`, REMEDY) : part;
  };
};

/** One of these values, as it is. */
export const exactly =
  <const T extends string | number | boolean>(...values: readonly T[]): Reader<T> =>
  (value) => {
    const found = values.find((known) => known === value);
    return found === undefined ? bad(`${show(value)} is none of ${values.join(', ')}`, REMEDY) : good(found);
  };

/** The value of the first reader's result, read further. */
export const andThen =
  <A, B>(read: Reader<A>, next: (value: A) => Result<B>): Reader<B> =>
  (value) => {
    const part = read(value);
    return part.ok ? next(part.value) : part;
  };
