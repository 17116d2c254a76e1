/** How long a text is to the one who takes it. */
export type Measure = (text: string) => number;

export const inUnits: Measure = (text) => text.length;
export const inCharacters: Measure = (text) => Array.from(text).length;
/** Bytes of a text inside a JSON string. */
export const inJson: Measure = (text) => Buffer.byteLength(JSON.stringify(text)) - 2;

export interface Room {
  /** Longest text that is taken. */
  readonly most: number;
  /** UTF-16 units unless said. */
  readonly measure?: Measure;
  /** How a line is written there, escapes and all: what is measured, and what comes out. */
  readonly as?: (line: string) => string;
}

const asItIs = (line: string): string => line;

/** The text, or those of its lines that there is room for, and how many are missing. */
export function cutText(text: string, { most, measure = inUnits, as = asItIs }: Room): string {
  const lines = text.split('\n');
  const written = lines.map(as);
  const whole = written.join('\n');
  if (measure(whole) <= most) return whole;
  const first = (count: number): string => [...written.slice(0, count), as(missing(lines.slice(count)))].join('\n');
  const kept = mostOf(lines.length - 1, (count) => measure(first(count)) <= most);
  const [next = '', ...rest] = lines.slice(kept);
  const before = written
    .slice(0, kept)
    .map((line) => `${line}\n`)
    .join('');
  const end = rest.some(hasWords) ? `\n${as(missing(rest))}` : '';
  const room = most - measure(before) - measure(end);
  // A short line is left out whole; of a long one the beginning is worth more than nothing.
  if (kept > 0 && (room < LEAST || measure(as(next)) < most / 4)) return first(kept);
  return `${before}${cutLine(next, { most: room, measure, as })}${end}`;
}

/** A piece of a line that is shorter says nothing. */
const LEAST = 40;

const hasWords = (line: string): boolean => line.trim() !== '';

function missing(lines: readonly string[]): string {
  const count = lines.filter(hasWords).length;
  return `(cut here: ${count} more ${count === 1 ? 'line' : 'lines'})`;
}

/** One line, or its beginning and three dots. */
export function cutLine(line: string, { most, measure = inUnits, as = asItIs }: Room): string {
  const whole = as(line);
  if (measure(whole) <= most) return whole;
  const characters = Array.from(line);
  const first = (count: number): string => as(`${characters.slice(0, count).join('')}...`);
  const kept = mostOf(characters.length, (count) => measure(first(count)) <= most);
  return first(kept);
}

/** The largest number up to `limit` that fits, when all smaller ones fit, too; 0: none does. */
function mostOf(limit: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
