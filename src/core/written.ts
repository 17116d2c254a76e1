import { type Reader, show } from './reader.ts';
import { nearest } from './suggest.ts';

/** What is wrong with one key of something that a person wrote. */
export interface WrittenFault {
  readonly key: string;
  /** Where: the key, and what is in it (["on", 2], ["escalate", "after"]). */
  readonly path: readonly [string, ...(string | number)[]];
  /** With the bad value, unless that may be secret. */
  readonly reason: string;
  readonly remedy: string;
}

/** What somebody wrote, made sense of; or everything wrong with it. */
export type WrittenReading<T> =
  | { readonly ok: true; readonly draft: T }
  | { readonly ok: false; readonly faults: readonly [WrittenFault, ...WrittenFault[]] };

type Path = WrittenFault['path'];

interface ListTerms<T> {
  readonly each: Reader<T>;
  readonly most: number;
  /** What to write: `on = ["device.appeared"]`. */
  readonly example: string;
  /** Whether it may hold nothing. */
  readonly none?: boolean;
}

/** Reads something key by key, and gathers what is wrong. What was left out is undefined. */
export class Written {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #faults: WrittenFault[] = [];

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields;
  }

  /** The value of a key that must be there. */
  needed<T>(key: string, read: Reader<T>): T | undefined {
    return this.value([key], this.#fields[key], read);
  }

  one<T>(key: string, read: Reader<T>): T | undefined {
    const value = this.#fields[key];
    return value === undefined ? undefined : this.value([key], value, read);
  }

  /** Where null says that there is none. */
  oneOrNone<T>(key: string, read: Reader<T>): T | null | undefined {
    return this.#fields[key] === null ? null : this.one(key, read);
  }

  neededList<T>(key: string, terms: ListTerms<T>): readonly T[] | undefined {
    return this.listAt([key], this.#fields[key], terms);
  }

  list<T>(key: string, terms: ListTerms<T>): readonly T[] | undefined {
    const value = this.#fields[key];
    return value === undefined ? undefined : this.listAt([key], value, terms);
  }

  listOrNone<T>(key: string, terms: ListTerms<T>): readonly T[] | null | undefined {
    return this.#fields[key] === null ? null : this.list(key, terms);
  }

  listAt<T>(path: Path, value: unknown, { each, most, example, none = false }: ListTerms<T>): readonly T[] | undefined {
    const remedy = `write ${example}`;
    if (value === undefined) return this.blame(path, { reason: 'it is missing', remedy });
    if (!Array.isArray(value)) return this.blame(path, { reason: `${show(value)} is not a list`, remedy });
    if (value.length === 0 && !none) return this.blame(path, { reason: 'it is an empty list', remedy });
    if (value.length > most) return this.blame(path, { reason: `it has more than ${most} entries`, remedy: `keep ${most} at most` });
    return (value as unknown[]).flatMap((entry, at) => {
      const read = this.value([...path, at], entry, each);
      return read === undefined ? [] : [read];
    });
  }

  value<T>(path: Path, value: unknown, read: Reader<T>): T | undefined {
    const result = read(value);
    if (result.ok) return result.value;
    return this.blame(path, value === undefined ? { reason: 'it is missing', remedy: result.remedy } : result);
  }

  /** The fields of a table inside; undefined when it is none, or says what nobody knows. */
  table(key: string, known: readonly string[], example: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    const remedy = `write ${example}`;
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date)
      return this.blame([key], { reason: `${show(value)} is not a table`, remedy });
    const strange = Object.keys(value).find((name) => !known.includes(name));
    if (strange === undefined) return value as Readonly<Record<string, unknown>>;
    const guess = nearest(strange, known);
    return this.blame([key, strange], {
      reason: 'there is no such key',
      remedy: guess === undefined ? remedy : `did you mean "${guess}"?`,
    });
  }

  blame(path: Path, { reason, remedy }: { readonly reason: string; readonly remedy: string }): undefined {
    this.#faults.push({ key: path[0], path, reason, remedy });
  }

  /** The whole, which is only made when nothing is wrong with it. */
  done<T>(make: () => T): WrittenReading<T> {
    const [first, ...more] = this.#faults;
    return first === undefined ? { ok: true, draft: make() } : { ok: false, faults: [first, ...more] };
  }
}
