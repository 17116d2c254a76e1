import { bad, good, nearest, plainCell, type Result } from '../../core/index.ts';
import { type Column, columnNamed, ROSTER_COLUMNS } from './columns.ts';
import { type CsvRow, MOST_COLUMNS, MOST_ROWS, readCsv } from './read-csv.ts';

/** A table of devices as somebody brings it. */
export interface RosterTable {
  /** In the order of the cells. */
  readonly columns: readonly Column[];
  readonly rows: readonly CsvRow[];
}

/** Columns of which at least one must be there. */
const IDENTIFYING = ['id', 'macs', 'addresses'];

/** A table of CSV or of JSON; which one it is, is told by how it begins. */
export function readTable(text: string): Result<RosterTable> {
  return /^\ufeff?\s*\[/.test(text) ? readJson(text) : tableOf(readCsv(text), plainCell);
}

function tableOf(rows: Result<readonly CsvRow[]>, plain: (cell: string) => string): Result<RosterTable> {
  if (!rows.ok) return rows;
  const [head, ...others] = rows.value;
  if (!head) return bad('reading the table: it is empty', 'bring one with a line of column names, as "rollcall export devices" writes it');
  const columns = columnsOf(head.cells.map(plain));
  if (!columns.ok) return columns;
  return good({ columns: columns.value, rows: others.map(({ line, cells }) => ({ line, cells: cells.map(plain) })) });
}

function columnsOf(names: readonly string[]): Result<readonly Column[]> {
  const columns: Column[] = [];
  for (const name of names) {
    const column = columnNamed(name);
    const shown = JSON.stringify(name.slice(0, 40));
    if (!column) return unknownColumn(name, shown);
    if (columns.includes(column)) return bad(`reading the columns: ${column.name} is there twice (${shown})`, 'leave one of them out');
    columns.push(column);
  }
  if (columns.some(({ name }) => IDENTIFYING.includes(name))) return good(columns);
  return bad('reading the columns: none of them says which device is meant', `add ${IDENTIFYING.join(', ')}, or one of them`);
}

function unknownColumn(name: string, shown: string): Result<never> {
  const known = ROSTER_COLUMNS.map((column) => column.name);
  const guess = nearest(name, known);
  return bad(`reading the columns: there is none called ${shown}`, guess ? `did you mean ${guess}?` : `write ${known.join(', ')}`);
}

/** A list of objects with the same keys as the columns. The lines are counted in objects. */
function readJson(text: string): Result<RosterTable> {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return bad('reading the table: it begins as JSON does and is none', 'write a list of objects, or CSV');
  }
  const entries = list as unknown[];
  if (entries.length > MOST_ROWS) return bad(`reading the table: it has more than ${MOST_ROWS} rows`, 'take it in in parts');
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      return bad(`reading entry ${index + 1}: it is no object`, 'write a list of objects, as "rollcall export devices --as json" does');
    for (const name of Object.keys(entry)) names.add(name);
    if (names.size > MOST_COLUMNS) return bad(`reading entry ${index + 1}: there are more than ${MOST_COLUMNS} columns`, 'leave some out');
  }
  return jsonTable(entries as Readonly<Record<string, unknown>>[], [...names]);
}

function jsonTable(entries: readonly Readonly<Record<string, unknown>>[], names: readonly string[]): Result<RosterTable> {
  const rows: CsvRow[] = [{ line: 0, cells: names }];
  for (const [index, entry] of entries.entries()) {
    const cells = names.map((name) => (Object.hasOwn(entry, name) ? cellOf(entry[name]) : ''));
    const wrong = names.find((_, i) => cells[i] === undefined);
    if (wrong !== undefined)
      return bad(`reading entry ${index + 1}: ${JSON.stringify(wrong.slice(0, 40))} is neither text nor a list of texts`, 'write a text');
    rows.push({ line: index + 1, cells: cells as string[] });
  }
  return tableOf(good(rows), (cell) => cell);
}

function cellOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : undefined;
}
