import { bad, type Device, Fault, good, type LabelEdit, type Result } from '../../core/index.ts';
import type { Relabelled } from '../relabel.ts';
import type { Roll } from '../roll.ts';
import type { Column } from './columns.ts';
import { deviceMeant, type Index, indexOf } from './meant.ts';
import type { CsvRow } from './read-csv.ts';
import { Relabelling } from './relabel-each.ts';
import type { RosterTable } from './table.ts';

/** Why a row cannot be taken in. */
export interface RowFault {
  /** null: the row as a whole is to blame. */
  readonly column: string | null;
  readonly reason: string;
  readonly remedy: string;
}

/** What one row of a table comes to. */
export type RowPlan =
  | { readonly line: number; readonly ok: true; readonly edit: LabelEdit; readonly touched: Relabelled }
  | { readonly line: number; readonly ok: false; readonly device: Device | null; readonly fault: RowFault };

/** Reads rows one after another, against the devices of one roll. */
export class RowPlanner {
  readonly #table: RosterTable;
  /** Whether an empty cell takes away what was said; else it leaves it. */
  readonly #blankClears: boolean;
  readonly #index: Index;
  readonly #relabelling: Relabelling;
  /** Lines by the devices they meant. */
  readonly #taken = new Map<number, number>();

  constructor(table: RosterTable, { roll, blankClears }: { readonly roll: Pick<Roll, 'devices'>; readonly blankClears: boolean }) {
    this.#table = table;
    this.#blankClears = blankClears;
    this.#index = indexOf(roll.devices);
    this.#relabelling = new Relabelling(roll);
  }

  plan({ line, cells }: CsvRow): RowPlan {
    const { columns } = this.#table;
    if (cells.length !== columns.length)
      return failed(
        { line, device: null },
        {
          reason: `it has ${cells.length} cells, and the first line ${columns.length}`,
          remedy: 'add or take away cells',
        },
      );
    const cell = (name: string): string => cells[columns.findIndex((column) => column.name === name)] ?? '';
    const meant = deviceMeant(this.#index, { id: cell('id'), macs: cell('macs'), addresses: cell('addresses') });
    if (!meant.ok) return failed({ line, device: null }, meant);
    const device = meant.value;
    const before = this.#taken.get(device.id);
    if (before !== undefined)
      return failed({ line, device }, { reason: `line ${before} means the same device, #${device.id}`, remedy: 'make one row of them' });
    this.#taken.set(device.id, line);
    return this.#edit(device, { line, cells });
  }

  #edit(device: Device, { line, cells }: CsvRow): RowPlan {
    const said: { readonly column: string; readonly edit: LabelEdit }[] = [];
    for (const [i, column] of this.#table.columns.entries()) {
      const read = this.#read(column, cells[i] as string, device);
      if (!read.ok) return failed({ line, device, column: column.name }, read);
      if (read.value !== null) said.push({ column: column.name, edit: read.value });
    }
    const edit = said.reduce<LabelEdit>((all, one) => Object.assign(all, one.edit), {});
    const touched = this.#tried(device, edit);
    if (touched.ok) return { line, ok: true, edit, touched: touched.value };
    // Whatever of it cannot be is named.
    const to = said.find((one) => !this.#tried(device, one.edit).ok)?.column;
    return failed({ line, device, ...(to !== undefined && { column: to }) }, touched);
  }

  #tried(device: Device, edit: LabelEdit): Result<Relabelled> {
    return asResult(() => this.#relabelling.relabel({ device: device.id, edit }));
  }

  /** null: nothing that is not said already. */
  #read({ label, write }: Column, text: string, device: Device): Result<LabelEdit | null> {
    if (label === null || text === write(device)) return good(null);
    if (text.trim() === '') return good(this.#blankClears ? label.clear(device) : null);
    const read = label.read(text, device);
    return read.ok ? read : bad(`${JSON.stringify(text.slice(0, 40))}: ${read.reason}`, read.remedy);
  }
}

interface Row {
  readonly line: number;
  readonly device: Device | null;
  readonly column?: string;
}

const failed = ({ line, device, column }: Row, { reason, remedy }: RowReason): RowPlan => ({
  line,
  ok: false,
  device,
  fault: { column: column ?? null, reason, remedy },
});

type RowReason = Pick<RowFault, 'reason' | 'remedy'>;

function asResult<T>(work: () => T): Result<T> {
  try {
    return good(work());
  } catch (thrown) {
    if (thrown instanceof Fault) return bad(thrown.message, thrown.remedy ?? '');
    throw thrown;
  }
}
