/** A page of the documents that shows commands and what they print, taken apart, run, and written anew. */

/** One `$ command` of a console block, with the lines below it. */
export interface Step {
  readonly command: string;
  readonly shown: readonly string[];
}

export type Piece =
  /** A heading of the second level: what comes after it happens on a network and in a folder of its own. */
  | { readonly kind: 'section'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  /** A line of a quotation: something happens on the network. */
  | { readonly kind: 'event'; readonly text: string; readonly lines: readonly string[] }
  | { readonly kind: 'console'; readonly steps: readonly Step[] };

const OPENS = '```console';
const CLOSES = '```';

/** Throws for a block that does not begin with a command, or does not end. */
export function piecesOf(page: string): Piece[] {
  const pieces: Piece[] = [];
  const lines = page.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line !== OPENS) {
      pieces.push(plain(line));
      continue;
    }
    const end = lines.indexOf(CLOSES, i);
    if (end < 0) throw new Error(`line ${i + 1}: the block does not end`);
    pieces.push({ kind: 'console', steps: stepsOf(lines.slice(i + 1, end)) });
    i = end;
  }
  return pieces;
}

function plain(line: string): Piece {
  const [, title] = /^## (.*)$/.exec(line) ?? [];
  if (title !== undefined) return { kind: 'section', title, lines: [line] };
  const [, text] = /^> (.*?)(?: {2})?$/.exec(line) ?? [];
  return text === undefined ? { kind: 'text', lines: [line] } : { kind: 'event', text, lines: [line] };
}

function stepsOf(lines: readonly string[]): Step[] {
  const steps: { command: string; shown: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] });
    else if (steps.length === 0) throw new Error(`a console block begins with ${JSON.stringify(line)}, which is no command`);
    else steps.at(-1)?.shown.push(line);
  }
  return steps;
}

export function pageOf(pieces: readonly Piece[]): string {
  return pieces
    .flatMap((piece) => (piece.kind === 'console' ? [OPENS, ...piece.steps.flatMap(stepLines), CLOSES] : piece.lines))
    .join('\n');
}

const stepLines = ({ command, shown }: Step): string[] => [`$ ${command}`, ...shown];

/** The pieces of each chapter: what stands before the first section, then section by section. */
export function chaptersOf(pieces: readonly Piece[]): Piece[][] {
  const chapters: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'section') chapters.push([]);
    chapters.at(-1)?.push(piece);
  }
  return chapters;
}
