/**
 * Where each key of a TOML file stands. The text has been parsed already, so this only walks over it:
 * tables, keys, strings of all four kinds, arrays and inline tables, and remembers where each began.
 */

export type Path = readonly (string | number)[];

/** The line (from 1) of the key at a path, or of the nearest table around it that is written down; null when none is. */
export type LineOf = (path: Path) => number | null;

const idOf = (path: Path): string => JSON.stringify(path);

/** Finds lines by path in valid TOML. */
export function lineFinder(text: string): LineOf {
  const walk = new Walk(text);
  walk.document();
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const part = path.slice(0, length);
      const offset = walk.places.get(idOf(part)) ?? walk.places.get(idOf([...part, 0])); // a list stands where its first entry does
      if (offset !== undefined) return text.slice(0, offset).split('\n').length;
    }
    return null;
  };
}

class Walk {
  readonly places = new Map<string, number>();
  readonly #text: string;
  /** How many entries each [[array of tables]] has so far. */
  readonly #entries = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    let table: Path = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#text[this.#at] === '[') table = this.#header();
      else this.#pair(table);
    }
  }

  #header(): Path {
    const start = this.#at;
    const list = this.#text.startsWith('[[', start);
    this.#at += list ? 2 : 1;
    const keys = this.#keys();
    const path = this.#resolve(keys, list, start);
    this.#skip(/[\s\]]*/y);
    return path;
  }

  /** Puts in the index of the newest entry wherever a name is an array of tables. All it passes is written down here. */
  #resolve(keys: readonly string[], list: boolean, start: number): Path {
    let path: Path = [];
    for (const [i, key] of keys.entries()) {
      path = [...path, key];
      this.#note(path, start);
      const id = idOf(path);
      if (list && i === keys.length - 1) this.#entries.set(id, (this.#entries.get(id) ?? 0) + 1);
      const count = this.#entries.get(id);
      if (count === undefined) continue;
      path = [...path, count - 1];
      this.#note(path, start);
    }
    return path;
  }

  #pair(table: Path): void {
    const start = this.#at;
    let path = table;
    for (const key of this.#keys()) {
      path = [...path, key];
      this.#note(path, start);
    }
    this.#skip(/[ \t]*=?[ \t]*/y);
    this.#value(path);
    // Whatever stands here, the walk goes on.
    if (this.#at === start) this.#at++;
  }

  #value(path: Path): void {
    const start = this.#at;
    const opening = this.#text[start];
    if (opening === '[') this.#inside(']', (index) => this.#element([...path, index]));
    else if (opening === '{') this.#inside('}', () => this.#pair(path));
    else if (opening === '"' || opening === "'") this.#string();
    else this.#skip(/[^,\]}\n#]*/y);
  }

  #element(path: Path): void {
    this.#note(path, this.#at);
    this.#value(path);
  }

  #inside(closing: string, each: (index: number) => void): void {
    this.#at++;
    for (let index = 0; this.#at < this.#text.length; index++) {
      this.#skipBlank(',');
      if (this.#text[this.#at] === closing) break;
      const before = this.#at;
      each(index);
      if (this.#at === before) this.#at++;
    }
    this.#at++;
  }

  #keys(): string[] {
    const keys: string[] = [];
    for (;;) {
      this.#skip(/[ \t]*/y);
      const quote = this.#text[this.#at];
      keys.push(quote === '"' || quote === "'" ? unquote(this.#string()) : this.#skip(/[A-Za-z0-9_-]*/y));
      if (this.#skip(/[ \t]*\./y) === '') return keys;
    }
  }

  #string(): string {
    return this.#skip(/"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?/y);
  }

  #skipBlank(also = ''): void {
    this.#skip(also === ',' ? /(?:[\s,]|#.*)*/y : /(?:\s|#.*)*/y);
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += match.length;
    return match;
  }

  /** The first place counts: a table may be spoken of again by its keys. */
  #note(path: Path, offset: number): void {
    const id = idOf(path);
    if (!this.places.has(id)) this.places.set(id, offset);
  }
}

function unquote(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
