import { csvCell, type Device } from '../../core/index.ts';
import type { Column } from './columns.ts';

export type Separator = ',' | ';' | '\t';

/** A line of CSV, which ends in CR LF. */
const line = (cells: readonly string[], separator: Separator): string =>
  `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;

/** The names of the columns, as the first line of CSV. */
export const headLine = (columns: readonly Column[], separator: Separator): string =>
  line(
    columns.map(({ name }) => name),
    separator,
  );

/** A device as a line of CSV. */
export const deviceLine = (device: Device, columns: readonly Column[], separator: Separator): string =>
  line(
    columns.map((column) => column.write(device)),
    separator,
  );

/** A device as JSON has it in the table: the same texts under the same names. */
export const deviceEntry = (device: Device, columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column.name, column.write(device)]));
