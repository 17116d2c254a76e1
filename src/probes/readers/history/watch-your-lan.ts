import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { Comings } from './comings.ts';
import { addressIn, type DeviceDraft, quoted, Unusable } from './draft.ts';
import { type FileReader, type FileScene, Tally, zoneNote } from './file-reader.ts';
import { LARGEST_DATABASE, LONGEST_CELL, tooMuch } from './limits.ts';
import { usingRow } from './row-table.ts';

/** Tables that are read, in this order: who is known, then what was seen. */
const TABLES = ['now', 'history'] as const;
type TableName = (typeof TABLES)[number];
type Row = Readonly<Record<string, SQLOutputValue>>;

/** Reads WatchYourLAN's database, of any version, in memory: nothing that it holds can run or reach a file. */
export function createWatchYourLan(scene: FileScene): FileReader {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    write(chunk) {
      size += chunk.length;
      if (size > LARGEST_DATABASE) throw tooMuch('bytes', LARGEST_DATABASE);
      chunks.push(chunk);
    },
    end() {
      const [tally, counted] = [new Tally(), { rows: 0 }];
      readTables(opened(Buffer.concat(chunks)), { scene, tally, counted });
      if (counted.rows === 0)
        throw new Unusable('it is no database of WatchYourLAN: it has neither a table "now" nor a table "history" with rows');
      return {
        format: 'watchyourlan',
        rows: tally.rows,
        firstAt: tally.firstAt,
        lastAt: tally.lastAt,
        notes: [zoneNote(scene)],
        look: null,
      };
    },
  };
}

/** SQLite's own codes for what an authorizer is asked. */
const [READ, SELECT, PRAGMA] = [20, 21, 19];
const [ALLOWED, DENIED] = [0, 1];

/** A copy in memory that can be looked at in two tables and a catalogue, and in nothing else. */
function opened(bytes: Buffer): DatabaseSync {
  // A database that was copied while its log was in use says so in its header; in memory there is no log to look for.
  if (bytes[18] === 2) bytes[18] = 1;
  if (bytes[19] === 2) bytes[19] = 1;
  const limits = { length: 1_000_000, sqlLength: 4096, exprDepth: 20, attach: 0, triggerDepth: 1 };
  const database = new DatabaseSync(':memory:', { allowExtension: false, limits });
  try {
    database.deserialize(bytes);
    database.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma query_only = on');
  } catch (failure) {
    database.close();
    throw new Unusable(`it is no database that SQLite can read: ${quoted(failure instanceof Error ? failure.message : '')}`);
  }
  const readable: ReadonlySet<string> = new Set([...TABLES, 'sqlite_master', 'sqlite_schema']);
  database.setAuthorizer((action, table, argument) => {
    if (action === SELECT || (action === READ && readable.has(String(table).toLowerCase()))) return ALLOWED;
    return action === PRAGMA && table === 'table_xinfo' && argument !== null ? ALLOWED : DENIED;
  });
  return database;
}

interface Way {
  readonly scene: FileScene;
  readonly tally: Tally;
  readonly counted: { rows: number };
}

/** Closes the database, whatever happens. */
function readTables(database: DatabaseSync, way: Way): void {
  try {
    for (const table of TABLES) readTable(database, table, way);
  } catch (failure) {
    if (failure instanceof Error && 'errcode' in failure) throw new Unusable(`it is a damaged database: ${quoted(failure.message)}`);
    throw failure;
  } finally {
    database.close();
  }
}

function readTable(database: DatabaseSync, table: TableName, { scene, tally, counted }: Way): void {
  if (!isPlainTable(database, table)) return;
  const rows = database.prepare(`select * from "${table}" not indexed`);
  const comings = new Comings();
  let number = 0;
  for (const row of rows.iterate() as Iterable<Row>) {
    number++;
    usingRow(scene, { counted, line: number }, () => takeRow(scene, textsOf(row), { table, tally, comings }));
  }
}

/** A view or a virtual table could compute what it likes, and so could a generated column. */
function isPlainTable(database: DatabaseSync, table: TableName): boolean {
  const found = database.prepare('select type, sql from sqlite_master where name = ? collate nocase').all(table) as Row[];
  if (found.length === 0) return false;
  if (found.some(({ type, sql }) => type !== 'table' || !/^\s*create\s+table\b/i.test(String(sql))))
    throw new Unusable(`its "${table}" is no plain table`);
  const columns = database.prepare(`pragma table_xinfo("${table}")`).all() as Row[];
  if (columns.some(({ hidden }) => Number(hidden) !== 0)) throw new Unusable(`its table "${table}" has columns that are computed`);
  return true;
}

/** Cells by the name of their column, in lower case as newer versions have them. */
function textsOf(row: Row): ReadonlyMap<string, string> {
  const cells = Object.entries(row).map(([column, value]): [string, string] => [
    column.toLowerCase(),
    value === null || value instanceof Uint8Array ? '' : String(value).slice(0, LONGEST_CELL),
  ]);
  return new Map(cells);
}

/**
 * "now" has one row for each device, seen last at its date; "history" one for each look, or (version 1) for each coming,
 * and for each going with the date of the last sighting.
 */
function takeRow(
  { draft, times }: FileScene,
  cells: ReadonlyMap<string, string>,
  { table, tally, comings }: { table: TableName; tally: Tally; comings: Comings },
): void {
  const cell: Cell = (name) => cells.get(name)?.trim() ?? '';
  const device = draft.device(cell('mac'));
  const time = times(cell('date'));
  if (time === undefined) throw new Unusable(`${quoted(cell('date'))} is no time`);
  const seen = { at: time.first, address: addressIn(cell('ip')) };
  if (table === 'now') device.sighting(seen.at, seen.address);
  else if (!cells.has('state')) device.sighting(seen.at, seen.address, cell('now') === '0' ? 'away' : 'present');
  else if (cell('state') === '0') comings.left(device, cell('mac'), seen.at);
  else comings.came(device, cell('mac'), seen);
  device.vendor(cell('hw'));
  takeNames(device, cell);
  tally.row(time.first);
}

type Cell = (name: string) => string;

/** The name of a device that somebody marked as known is what they call it. */
function takeNames(device: DeviceDraft, cell: Cell): void {
  const [name, dns] = [cell('name'), cell('dns')];
  if (dns !== '') device.name(dns, 'dns');
  if (name === '' || name === dns) return;
  if (cell('known') === '1') device.say({ alias: name });
  else device.name(name, 'scan');
}
