import type { Instant } from '../../../core/index.ts';
import { Comings } from './comings.ts';
import { addressIn, type HistoryDraft, quoted, Unusable } from './draft.ts';
import { type FileReader, type FileScene, Tally, zoneNote } from './file-reader.ts';
import { type ReadTime, type TimeReader, timesIn } from './local-times.ts';
import { createRowTable, type NamedRow, plainName, type RowUse, usingRow } from './row-table.ts';
import { createSqlReader, type SqlRow } from './sql-dump.ts';

/** The presence monitor's table, saved as CSV or TSV: mac, vendor, ip, connected_at, last_seen_at. */
export function createMonitorTable(scene: FileScene): FileReader {
  const rows = new MonitorRows(scene.draft);
  const table = createRowTable(scene, { format: 'network-monitor', needed: ['mac'] }, rows.use(scene.times));
  return table;
}

/** The same as mysqldump writes it. */
export function createMonitorDump(scene: FileScene): FileReader {
  const rows = new MonitorRows(scene.draft);
  const [tally, counted] = [new Tally(), { rows: 0 }];
  const zones = new Zones(scene);
  const plain = plainNames();
  const dump = createSqlReader((row) => {
    const names = plain(columnsOf(row));
    if (names.length > 0 && !isEvents(names)) return;
    usingRow(scene, { counted, line: row.line }, () => rows.use(zones.timesOf(row))(named(row, names), tally));
  });
  return {
    write: dump.write,
    end() {
      if (!dump.end()) scene.draft.refuse(scene.name, null, 'it ends in the middle of a statement; what was read before counts');
      const { rows: used, firstAt, lastAt } = tally;
      return { format: 'network-monitor', rows: used, firstAt, lastAt, notes: zones.notes, look: null };
    },
  };
}

/** Plain names of columns, made anew only for another list of them. */
function plainNames(): (columns: readonly string[]) => readonly string[] {
  let [of, names]: (readonly string[])[] = [[], []];
  return (columns) => {
    if (columns !== of) [of, names] = [columns, columns.map(plainName)];
    return names ?? [];
  };
}

const isEvents = (names: readonly string[]): boolean =>
  names.includes('mac') && (names.includes('connectedat') || names.includes('createdat'));

/** The program's own table, for dumps of rows alone (--no-create-info). */
const EVENTS = ['id', 'mac', 'vendor', 'ip', 'connected_at', 'last_seen_at'];

const columnsOf = ({ table, columns, cells }: SqlRow): readonly string[] =>
  columns.length === 0 && table === 'nm_device_events' && cells.length === EVENTS.length ? EVENTS : columns;

function named({ cells }: SqlRow, names: readonly string[]): NamedRow {
  if (names.length === 0) throw new Unusable('nothing says which column is which: the dump has no CREATE TABLE');
  if (cells.length !== names.length) throw new Unusable(`it has ${cells.length} values for ${names.length} columns`);
  return (column) => {
    const value = cells[names.indexOf(column)];
    if (value === undefined && names.includes(column)) throw new Unusable(`its ${column} is no plain value`);
    return value ?? '';
  };
}

/** A timestamp of MySQL is dumped in the zone that the dump says, a datetime as the clock on the wall showed it. */
class Zones {
  readonly #scene: FileScene;
  readonly #made = new Map<string, TimeReader>();

  constructor(scene: FileScene) {
    this.#scene = scene;
  }

  get notes(): readonly string[] {
    const said = [...this.#made.keys()].map((zone) => `its timestamps are in ${zone}, as it says`);
    return said.length > 0 ? said : [zoneNote(this.#scene)];
  }

  timesOf({ zone, types }: SqlRow): TimeReader {
    const type = types.get('connected_at') ?? types.get('created_at') ?? 'timestamp';
    if (zone === null || type !== 'timestamp' || !/^(?:utc|[+-]\d{2}:\d{2})$/i.test(zone)) return this.#scene.times;
    const known = this.#made.get(zone) ?? timesIn(zone);
    this.#made.set(zone, known);
    return known;
  }
}

/** What a row of either form says. */
class MonitorRows {
  readonly #draft: HistoryDraft;
  /** Who has come and not left yet, of the first version of the program, which wrote down comings and goings. */
  readonly #comings = new Comings();

  constructor(draft: HistoryDraft) {
    this.#draft = draft;
  }

  use(times: TimeReader): RowUse {
    return (row, tally) => {
      const device = this.#draft.device(row('mac'));
      if (row('createdat') !== '') return this.#event(row, times, tally);
      const [came, seen] = [timeIn(row('connectedat'), times), timeIn(row('lastseenat'), times)];
      const [from, to] = stretchOf(came, seen);
      device.session(from, to, addressIn(row('ip').replaceAll(/[()]/g, '')));
      device.vendor(row('vendor'));
      tally.row(from, to);
    };
  }

  #event(row: NamedRow, times: TimeReader, tally: Tally): void {
    const [mac, at] = [row('mac').toLowerCase(), timeIn(row('createdat'), times)?.first];
    if (at === undefined) throw new Unusable('it has no time');
    const device = this.#draft.device(mac);
    if (row('status') === '0') this.#comings.left(device, mac, at);
    else this.#comings.came(device, mac, { at, address: addressIn(row('ip')) });
    device.vendor(row('vendor'));
    tally.row(at);
  }
}

/** undefined: empty, or the zero that the table puts where nothing was said. */
function timeIn(text: string, times: TimeReader): ReadTime | undefined {
  if (text === '' || text === '0' || text.startsWith('0000-00-00')) return undefined;
  const time = times(text);
  if (time === undefined) throw new Unusable(`${quoted(text)} is no time`);
  return time;
}

/** The hour that a clock set back shows twice is read so that nobody was seen before they came. */
function stretchOf(came: ReadTime | undefined, seen: ReadTime | undefined): readonly [Instant, Instant] {
  const from = came ?? seen;
  if (from === undefined) throw new Unusable('it says neither when the device came nor when it was seen last');
  const to = seen ?? from;
  return [from.first, to.first < from.first ? to.last : to.first];
}
