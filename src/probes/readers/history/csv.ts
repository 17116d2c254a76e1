import { LONGEST_CELL, MOST_COLUMNS } from './limits.ts';

export interface RowTaker {
  /** `line`: where the row begins, counted from 1. */
  row(cells: readonly string[], line: number): void;
}

export interface TableReader {
  write(chunk: Uint8Array): void;
  /** Hands over the last row. False when it ends inside of quotes. */
  end(): boolean;
}

const QUOTE = 34;
const [LF, CR] = [10, 13];

/** Cuts a table of comma-, semicolon- or tab-separated cells into rows; its first line shows which. Memory stays flat whatever comes. */
export function createCsvReader(taker: RowTaker): TableReader {
  const decoder = new TextDecoder();
  let table: Cutter | null = null;
  let head = '';
  const feed = (text: string, last: boolean): void => {
    if (table === null) {
      head += text;
      const line = /^[^\r\n]*/.exec(head)?.[0] ?? '';
      if (line.length === head.length && !last && head.length < LONGEST_CELL) return;
      table = new Cutter(delimiterOf(line), taker);
      table.take(head);
      head = '';
      return;
    }
    table.take(text);
  };
  return {
    write: (chunk) => feed(decoder.decode(chunk, { stream: true }), false),
    end() {
      feed(decoder.decode(), true);
      return table?.end() ?? true;
    },
  };
}

/** What the heading has most of. */
function delimiterOf(line: string): number {
  const counted = ['\t', ';', ','].map((mark) => [mark, line.split(mark).length] as const);
  return (counted.sort(([, a], [, b]) => b - a)[0]?.[0] ?? ',').charCodeAt(0);
}

class Cutter {
  readonly #delimiter: number;
  readonly #taker: RowTaker;
  #cells: string[] = [];
  #cell = '';
  /** plain: outside of quotes; quoted: inside; closed: behind the closing quote, which may be half of a doubled one. */
  #state: 'plain' | 'quoted' | 'closed' = 'plain';
  #line = 1;
  #began = 1;

  constructor(delimiter: number, taker: RowTaker) {
    this.#delimiter = delimiter;
    this.#taker = taker;
  }

  take(text: string): void {
    for (let at = 0; at < text.length; ) at = this.#state === 'quoted' ? this.#quoted(text, at) : this.#plain(text, at);
  }

  end(): boolean {
    const whole = this.#state !== 'quoted';
    if (whole && (this.#cell !== '' || this.#cells.length > 0)) this.#endRow();
    return whole;
  }

  /** Up to and with the next quote. */
  #quoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    const part = text.slice(at, end);
    this.#line += linesIn(part);
    this.#append(part);
    if (quote < 0) return end;
    this.#state = 'closed';
    return end + 1;
  }

  /** Up to and with the next character that means something. */
  #plain(text: string, at: number): number {
    let end = at;
    while (end < text.length && !this.#means(text.charCodeAt(end), end === at)) end++;
    if (end > at) {
      this.#append(text.slice(at, end));
      if (this.#state === 'closed') this.#state = 'plain';
      return end;
    }
    this.#mark(text.charCodeAt(end));
    return end + 1;
  }

  #means(code: number, first: boolean): boolean {
    if (code === this.#delimiter || code === LF || code === CR) return true;
    return code === QUOTE && first && (this.#state === 'closed' || this.#cell === '');
  }

  #mark(code: number): void {
    if (code === QUOTE) {
      if (this.#state === 'closed') this.#append('"');
      this.#state = 'quoted';
      return;
    }
    this.#state = 'plain';
    if (code === this.#delimiter) return this.#endCell();
    if (code === LF) this.#line++;
    if (this.#cell !== '' || this.#cells.length > 0) this.#endRow();
    this.#began = this.#line;
  }

  #append(text: string): void {
    if (this.#cell.length < LONGEST_CELL) this.#cell += text.slice(0, LONGEST_CELL - this.#cell.length);
  }

  #endCell(): void {
    if (this.#cells.length < MOST_COLUMNS) this.#cells.push(this.#cell);
    this.#cell = '';
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    this.#taker.row(cells, this.#began);
  }
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
