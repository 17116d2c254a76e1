import type { HistoryFormat } from '../../../core/index.ts';
import { createCsvReader } from './csv.ts';
import { Unusable } from './draft.ts';
import type { FileReader, FileScene } from './file-reader.ts';
import { Tally, zoneNote } from './file-reader.ts';
import { MOST_ROWS, tooMuch } from './limits.ts';

/** A row by the plain names of its columns; '' for what is empty, NULL or not there. */
export type NamedRow = (column: string) => string;

/** What a row says goes into the draft; throws Unusable when it says nothing of use. */
export type RowUse = (row: NamedRow, tally: Tally) => void;

/** Column names of all versions alike: "dev_MAC", "devMac" and "DEVMAC" are one. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/** Where a row stands, and how many were looked at so far. */
export interface RowPlace {
  readonly counted: { rows: number };
  readonly line: number;
}

/** Counts a row, uses it, and tells of it when it cannot be used. */
export function usingRow({ draft, name }: FileScene, { counted, line }: RowPlace, use: () => void): void {
  if (++counted.rows > MOST_ROWS) throw tooMuch('rows', MOST_ROWS);
  try {
    use();
  } catch (failure) {
    if (!(failure instanceof Unusable)) throw failure;
    draft.refuse(name, line, failure.message);
  }
}

/** What a table is, and a column that it must have one of. */
export interface TableKind {
  readonly format: HistoryFormat;
  readonly needed: readonly string[];
}

/** Reads a table of cells whose first row names its columns. */
export function createRowTable(scene: FileScene, { format, needed }: TableKind, use: RowUse): FileReader {
  const tally = new Tally();
  const counted = { rows: 0 };
  let columns: ReadonlyMap<string, number> | null = null;
  const table = createCsvReader({
    row(cells, line) {
      if (columns === null) {
        columns = columnsOf(cells, needed);
        return;
      }
      const known = columns;
      usingRow(scene, { counted, line }, () => {
        if (cells.length < known.size) throw new Unusable(`it has ${cells.length} cells, where the heading has ${known.size}`);
        use((column) => cellOf(cells[known.get(column) ?? -1]), tally);
      });
    },
  });
  return {
    write: table.write,
    end() {
      if (!table.end()) scene.draft.refuse(scene.name, null, 'it ends inside of a quoted cell; the row it is in was not used');
      return { format, rows: tally.rows, firstAt: tally.firstAt, lastAt: tally.lastAt, notes: [zoneNote(scene)], look: null };
    },
  };
}

function columnsOf(cells: readonly string[], needed: readonly string[]): ReadonlyMap<string, number> {
  const columns = new Map(cells.map((cell, index) => [plainName(cell), index]));
  if (needed.some((column) => columns.has(column))) return columns;
  throw new Unusable(`its first row does not name the columns; one of them is ${needed.join(' or ')}`);
}

const cellOf = (cell: string | undefined): string => (cell === undefined || cell === '\\N' || cell === 'NULL' ? '' : cell.trim());
