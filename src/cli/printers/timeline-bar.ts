import type { TimelineJson } from '../../contract/index.ts';
import type { Piece, Tone } from '../terminal/output.ts';

/** A stretch of one presence, in epoch ms. */
export interface Stretch {
  readonly presence: 'present' | 'away' | 'unknown';
  readonly from: number;
  readonly to: number;
}

export const stretchesOf = ({ sessions, until }: TimelineJson): readonly Stretch[] =>
  sessions.map(({ presence, from, to }) => ({ presence, from: Date.parse(from), to: Date.parse(to ?? until) }));

/** What a column of a bar can be; partly: present for some of its time. */
type Cell = 'present' | 'partly' | 'away' | 'unknown' | 'nothing';

interface Brush {
  readonly unicode: string;
  readonly ascii: string;
  readonly tone: Tone | null;
}

export const BRUSHES: Readonly<Record<Cell, Brush>> = {
  present: { unicode: '█', ascii: '#', tone: 'good' },
  partly: { unicode: '▄', ascii: '+', tone: 'good' },
  away: { unicode: '·', ascii: '.', tone: 'dim' },
  unknown: { unicode: '░', ascii: '?', tone: 'warn' },
  nothing: { unicode: ' ', ascii: ' ', tone: null },
};

export interface BarSpec {
  readonly from: number;
  readonly to: number;
  /** Columns. */
  readonly width: number;
  readonly ascii: boolean;
}

/** Presence over a time as one line, each column an equal part of it. Stretches are in order and do not overlap. */
export function barOf(stretches: readonly Stretch[], { from, to, width, ascii }: BarSpec): Piece[] {
  const runs: { readonly cell: Cell; length: number }[] = [];
  for (const cell of cellsOf(stretches, { from, to, width })) {
    const run = runs.at(-1);
    if (run?.cell === cell) run.length++;
    else runs.push({ cell, length: 1 });
  }
  return runs.map(({ cell, length }) => painted(cell, BRUSHES[cell][ascii ? 'ascii' : 'unicode'].repeat(length)));
}

/** What each column shows. */
function cellsOf(stretches: readonly Stretch[], { from, to, width }: Omit<BarSpec, 'ascii'>): Cell[] {
  const step = (to - from) / width;
  let next = 0;
  return Array.from({ length: width }, (_, column) => {
    const [begin, end] = [from + column * step, from + (column + 1) * step];
    while ((stretches[next]?.to ?? Number.POSITIVE_INFINITY) <= begin) next++;
    return cellOf(stretches, next, { begin, end });
  });
}

function painted(cell: Cell, text: string): Piece {
  const { tone } = BRUSHES[cell];
  return tone === null ? text : { text, tone };
}

/** A short visit shows, and so does a short absence: neither is lost in a column that is mostly something else. */
function cellOf(stretches: readonly Stretch[], first: number, { begin, end }: { begin: number; end: number }): Cell {
  const seen = new Set<Stretch['presence']>();
  for (let index = first; index < stretches.length; index++) {
    const { presence, from, to } = stretches[index] as Stretch;
    if (from >= end) break;
    if (to > begin) seen.add(presence);
  }
  if (seen.has('present')) return seen.size > 1 ? 'partly' : 'present';
  if (seen.size === 0) return 'nothing';
  return seen.has('unknown') ? 'unknown' : 'away';
}

export interface Day {
  /** "Mon 2026-11-23" */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The local days that a stretch of time touches, each whole: 23 or 25 hours where the clock is put. */
export function localDays(since: number, until: number): readonly Day[] {
  const days: Day[] = [];
  const first = new Date(since);
  for (let offset = 0; ; offset++) {
    const from = new Date(first.getFullYear(), first.getMonth(), first.getDate() + offset);
    if (from.getTime() >= until) return days;
    const to = new Date(first.getFullYear(), first.getMonth(), first.getDate() + offset + 1);
    const date = [from.getFullYear(), from.getMonth() + 1, from.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    days.push({ name: `${WEEKDAYS[from.getDay()]} ${date}`, from: from.getTime(), to: to.getTime() });
  }
}
