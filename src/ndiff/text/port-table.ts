import { countCharacters } from '../code-points.ts';
import { isUnlisted } from '../compare-hosts.ts';
import type { HostDiff, PortDiff } from '../differences.ts';
import { trimRight } from '../python-text.ts';
import type { NdiffPort, NdiffService } from '../scan.ts';
import { type Mark, sideMark } from './mark.ts';
import { scriptLines } from './script-lines.ts';

type Cells = readonly (string | null)[];
/** A row of the table, or a line that stands between its rows as it is. */
type Row = Cells | string;

/** The ports that differ, as a table with its head; no line when there is no row. */
export function portTable(diff: HostDiff): string[] {
  const rows = diff.ports.flatMap((port) => portRows(port, diff));
  if (rows.length === 0) return [];
  const mark = diff.a.state === null ? '+' : sideMark(true, diff.b.state !== null);
  return aligned([[`${mark}PORT`, 'STATE', 'SERVICE', 'VERSION'], ...rows]);
}

function portRows(port: PortDiff, { a, b, verbose }: HostDiff): Row[] {
  const lines = port.scripts.flatMap((diff) => scriptLines(diff, verbose));
  const [left, right] = [cellsOf(port.a), cellsOf(port.b)];
  if (left.every((cell, i) => cell === right[i])) {
    return verbose || port.scripts.length > 0 ? [marked(' ', left), ...lines] : lines;
  }
  const old = isUnlisted(port.a, a) ? [] : [marked('-', left)];
  const fresh = isUnlisted(port.b, b) ? [] : [marked('+', right)];
  return [...old, ...fresh, ...lines];
}

function cellsOf({ number, protocol, state, service }: NdiffPort): Cells {
  return [`${number}/${protocol}`, state ?? 'unknown', serviceText(service), versionText(service)];
}

const marked = (mark: Mark, [first, ...rest]: Cells): Cells => [`${mark}${first}`, ...rest];

function serviceText({ name, tunnel }: NdiffService): string | null {
  return name === null || tunnel === null ? (name ?? tunnel) : `${tunnel}/${name}`;
}

function versionText({ product, version, extrainfo }: NdiffService): string | null {
  const parts = [product, version, extrainfo === null ? null : `(${extrainfo})`].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function aligned(rows: readonly Row[]): string[] {
  const widths = [0, 1, 2, 3].map((column) =>
    rows.reduce((widest, row) => Math.max(widest, typeof row === 'string' ? 0 : countCharacters(row[column] ?? '')), 0),
  );
  return rows.map((row) => (typeof row === 'string' ? row : trimRight(row.map((cell, i) => padded(cell ?? '', widths[i] ?? 0)).join(' '))));
}

const padded = (text: string, width: number): string => text + ' '.repeat(width - countCharacters(text));
