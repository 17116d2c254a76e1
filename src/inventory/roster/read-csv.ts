import { bad, good, type Result } from '../../core/index.ts';

/** A row of a table, and the line it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Most columns and rows of a table that is taken in, and the longest cell, in UTF-16 units. */
export const MOST_COLUMNS = 64;
export const MOST_ROWS = 20_000;
const LONGEST_CELL = 16_384;

const SEPARATORS = [',', ';', '\t'];

/**
 * Reads CSV (RFC 4180) strictly; separated by comma, semicolon or tab, whichever the first line has most of. Lines may end in CR LF,
 * LF or CR, and blank ones count for nothing.
 */
export function readCsv(text: string): Result<readonly CsvRow[]> {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const nul = body.indexOf('\u0000');
  if (nul >= 0) return bad(`reading line ${linesIn(body.slice(0, nul)) + 1}: a zero byte is in it, which no text has`, UTF8);
  return new Csv(body).read();
}

const UTF8 = 'save it as CSV in UTF-8';

class Csv {
  readonly #text: string;
  readonly #separator: string;
  /** Anything after which a cell that is not quoted is over, or wrong. */
  readonly #end: RegExp;
  #at = 0;
  #line = 1;
  #fault: { readonly reason: string; readonly remedy: string } | null = null;

  constructor(text: string) {
    this.#text = text;
    const first = text.slice(0, text.search(/[\r\n]/) >>> 0);
    this.#separator = SEPARATORS.toSorted((a, b) => first.split(b).length - first.split(a).length)[0] as string;
    this.#end = new RegExp(`[\\r\\n"${this.#separator}]`, 'g');
  }

  read(): Result<readonly CsvRow[]> {
    const rows: CsvRow[] = [];
    while (this.#at < this.#text.length && this.#fault === null) {
      const line = this.#line;
      const cells = this.#row();
      if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line, cells });
      if (rows.length > MOST_ROWS + 1) this.#refuse(`it has more than ${MOST_ROWS} rows`, 'take it in in parts');
    }
    return this.#fault === null ? good(rows) : { ok: false, ...this.#fault };
  }

  #row(): string[] {
    const cells: string[] = [];
    for (;;) {
      cells.push(this.#cell());
      if (cells.length > MOST_COLUMNS) this.#refuse(`it has more than ${MOST_COLUMNS} columns`, 'leave out those that are not needed');
      if (this.#fault !== null || this.#text[this.#at] !== this.#separator) break;
      this.#at++;
    }
    if (this.#fault === null) this.#lineEnd();
    return cells;
  }

  #lineEnd(): void {
    if (this.#at >= this.#text.length) return;
    this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1;
    this.#line++;
  }

  #cell(): string {
    const cell = this.#text[this.#at] === '"' ? this.#quoted() : this.#bare();
    if (cell.length > LONGEST_CELL) this.#refuse(`a cell has more than ${LONGEST_CELL} characters`, 'shorten it');
    return cell;
  }

  #bare(): string {
    this.#end.lastIndex = this.#at;
    const end = this.#end.exec(this.#text)?.index ?? this.#text.length;
    const cell = this.#text.slice(this.#at, end);
    this.#at = end;
    if (this.#text[end] === '"') this.#refuse('a quote stands inside a cell that does not begin with one', QUOTE);
    return cell;
  }

  #quoted(): string {
    const opened = this.#line;
    let cell = '';
    for (let start = this.#at + 1; ; ) {
      const quote = this.#text.indexOf('"', start);
      if (quote < 0) return this.#unclosed(opened);
      cell += this.#text.slice(start, quote);
      this.#at = quote + 1;
      if (this.#text[this.#at] !== '"') break;
      cell += '"';
      start = this.#at + 1;
    }
    this.#line += linesIn(cell);
    const next = this.#text[this.#at];
    const isOver = next === undefined || next === this.#separator || next === '\r' || next === '\n';
    if (!isOver) this.#refuse('something stands after the quote that ends a cell', QUOTE);
    return cell.replace(/\r\n?/g, '\n');
  }

  #unclosed(opened: number): string {
    this.#line = opened;
    this.#at = this.#text.length;
    this.#refuse('the quote that opens a cell here is never closed', 'close it, or write two quotes for one that is meant');
    return '';
  }

  #refuse(reason: string, remedy: string): void {
    this.#fault ??= { reason: `reading line ${this.#line}: ${reason}`, remedy };
  }
}

const QUOTE = 'put the whole cell in quotes, and write two quotes for one that is meant';

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
