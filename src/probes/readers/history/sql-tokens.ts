import { LONGEST_CELL } from './limits.ts';

/** text: a quoted value; name: one in backticks; word: a bare word or number; mark: one of ( ) , ; =. */
export interface SqlToken {
  readonly kind: 'text' | 'name' | 'word' | 'mark';
  readonly text: string;
  readonly line: number;
}

type State = 'plain' | 'word' | 'quoted' | 'escaped' | 'closed' | 'line comment' | 'block comment';

/** What MySQL writes behind a backslash; every other character stands for itself. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', '0': '\0', Z: '\x1a' };
const MARKS = '(),;=';
const WORD = /[\w.@$+\-\\]/;

/** Cuts a dump of MySQL into what it is made of. Nothing of it is executed; each token is capped, so memory stays flat. */
export class SqlTokens {
  readonly #take: (token: SqlToken) => void;
  #state: State = 'plain';
  #quote = '';
  #text = '';
  /** The character before, where two of them mean something. */
  #before = '';
  line = 1;

  constructor(take: (token: SqlToken) => void) {
    this.#take = take;
  }

  write(text: string): void {
    for (let at = 0; at < text.length; ) at = this.#step(text, at);
  }

  /** False when it ends inside of a text or a comment. */
  end(): boolean {
    if (this.#state === 'word' || this.#state === 'closed') this.#emit();
    return this.#state === 'plain' || this.#state === 'line comment';
  }

  #step(text: string, at: number): number {
    const char = text[at] as string;
    if (this.#state === 'quoted') return this.#inside(text, at);
    if (char === '\n') this.line++;
    if (this.#state === 'escaped') return this.#escaped(char, at);
    if (this.#state === 'closed') return this.#closed(char, at);
    if (this.#state === 'line comment') return this.#untilEndOfLine(char, at);
    if (this.#state === 'block comment') return this.#untilEndOfComment(char, at);
    if (this.#state === 'word') return this.#word(char, at);
    return this.#plain(char, at);
  }

  /** Up to the next quote or backslash. */
  #inside(text: string, start: number): number {
    let at = start;
    while (at < text.length && text[at] !== this.#quote && text[at] !== '\\') {
      if (text[at] === '\n') this.line++;
      at++;
    }
    this.#append(text.slice(start, at));
    if (at === text.length) return at;
    this.#state = text[at] === '\\' && this.#quote !== '`' ? 'escaped' : 'closed';
    if (text[at] === '\\' && this.#quote === '`') {
      this.#append('\\');
      this.#state = 'quoted';
    }
    return at + 1;
  }

  #escaped(char: string, at: number): number {
    this.#append(ESCAPES[char] ?? char);
    this.#state = 'quoted';
    return at + 1;
  }

  /** A quote right behind a closing one stands for itself. */
  #closed(char: string, at: number): number {
    if (char === this.#quote) {
      this.#append(char);
      this.#state = 'quoted';
      return at + 1;
    }
    if (char === '\n') this.line--; // it is counted when it is looked at again
    this.#emit();
    return at;
  }

  #untilEndOfLine(char: string, at: number): number {
    if (char === '\n') this.#state = 'plain';
    return at + 1;
  }

  #untilEndOfComment(char: string, at: number): number {
    // "/*!40101 ... */" is no comment to MySQL: what stands in it counts.
    const opens = char === '!' && this.#before === '/*';
    const ends = char === '/' && this.#before === '*';
    if (opens || ends) this.#state = 'plain';
    this.#before = opens || ends ? '' : char;
    return at + 1;
  }

  #word(char: string, at: number): number {
    if (WORD.test(char) && !(this.#text.endsWith('-') && char === '-')) {
      this.#append(char);
      return at + 1;
    }
    if (char === '\n') this.line--;
    this.#emit();
    return at;
  }

  #plain(char: string, at: number): number {
    const pair = this.#before + char;
    this.#before = char;
    if (pair === '/*') this.#comment('block comment', '/*');
    else if (char === '#') this.#comment('line comment', '');
    else if (pair === '--') this.#comment('line comment', '');
    else if (char === "'" || char === '"' || char === '`') this.#open('quoted', char);
    else if (MARKS.includes(char)) this.#take({ kind: 'mark', text: char, line: this.line });
    else if (WORD.test(char) && char !== '-') this.#open('word', '', /^-\d$/.test(pair) ? pair : char);
    return at + 1;
  }

  #comment(state: State, before: string): void {
    this.#state = state;
    this.#before = before;
  }

  #open(state: State, quote: string, text = ''): void {
    this.#state = state;
    this.#quote = quote;
    this.#text = text;
    this.#before = '';
  }

  #append(text: string): void {
    if (this.#text.length < LONGEST_CELL) this.#text += text.slice(0, LONGEST_CELL - this.#text.length);
  }

  #emit(): void {
    const kind = this.#state === 'word' ? 'word' : this.#quote === '`' ? 'name' : 'text';
    this.#state = 'plain';
    this.#before = '';
    this.#take({ kind, text: this.#text, line: this.line });
  }
}
