import { styleText } from 'node:util';
import type { CliWorld, Sink } from '../world.ts';
import { shortened, visible, visibleJson, widthOf } from './visible.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong';

/** A bit of text on its way out. Whatever it holds, it is escaped before it is styled. */
export type Piece = string | { readonly text: string; readonly tone: Tone };

const STYLES = { good: 'green', bad: 'red', warn: 'yellow', dim: 'dim', strong: 'bold' } as const;

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The only way to the terminal: results go to stdout, notes and progress to stderr. */
export class Output {
  readonly options: OutputOptions;
  readonly #out: Sink;
  readonly #notes: Sink;
  readonly #env: CliWorld['env'];

  constructor({ stdout, stderr, env }: Pick<CliWorld, 'stdout' | 'stderr' | 'env'>, options: OutputOptions) {
    this.options = options;
    this.#out = stdout;
    this.#notes = stderr;
    this.#env = env;
  }

  /** A line of the result. */
  line(...pieces: Piece[]): void {
    this.#out.write(`${this.#paint(pieces, this.#out)}\n`);
  }

  /** A line beside the result; not with --quiet. */
  note(...pieces: Piece[]): void {
    if (!this.options.quiet) this.complain(...pieces);
  }

  /** A line beside the result that --quiet does not silence. */
  complain(...pieces: Piece[]): void {
    this.#notes.write(`${this.#paint(pieces, this.#notes)}\n`);
  }

  /** The result as JSON. */
  json(value: unknown): void {
    this.#out.write(`${visibleJson(JSON.stringify(value, null, 2))}\n`);
  }

  /** One value of a stream of JSON, on one line. */
  jsonLine(value: unknown): void {
    this.#out.write(`${visibleJson(JSON.stringify(value))}\n`);
  }

  /** Text exactly as it is; only for what this program itself made up. */
  raw(text: string): void {
    this.#out.write(text);
  }

  /** Aligned columns under a heading. One long cell does not push the others away; the last column is neither padded nor cut. */
  table(heading: readonly string[], rows: readonly (readonly Piece[])[]): void {
    const all: readonly (readonly Piece[])[] = [heading.map((text): Piece => ({ text, tone: 'dim' })), ...rows.map(fitted)];
    const widths = heading.map((_, column) =>
      all.reduce((widest, row) => Math.max(widest, widthOf(visible(textOf(row[column] ?? '')))), 0),
    );
    for (const row of all)
      this.line(...row.flatMap((piece, column) => (column === row.length - 1 ? [piece] : [piece, gap(piece, widths[column])])));
  }

  #paint(pieces: readonly Piece[], sink: Sink): string {
    return pieces.map((piece) => (typeof piece === 'string' ? visible(piece) : this.#style(piece, sink))).join('');
  }

  #style({ text, tone }: Exclude<Piece, string>, sink: Sink): string {
    const safe = visible(text);
    return hasColour(sink, this.#env) ? styleText(STYLES[tone], safe, { validateStream: false }) : safe;
  }
}

/** Columns of a cell: an IPv6 address and how many there are beside it. */
const CELL = 44;

const fitted = (row: readonly Piece[]): Piece[] =>
  row.map((piece, column) => {
    if (column === row.length - 1) return piece;
    return typeof piece === 'string' ? shortened(piece, CELL) : { ...piece, text: shortened(piece.text, CELL) };
  });

const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : piece.text);

const gap = (piece: Piece, width = 0): string => ' '.repeat(width - widthOf(visible(textOf(piece))) + 2);

/** Colour is for terminals that want it (no-color.org). */
function hasColour(sink: Sink, env: CliWorld['env']): boolean {
  return sink.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
