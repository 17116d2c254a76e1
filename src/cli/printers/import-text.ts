import type { ImportJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { counted } from './scan-text.ts';

/** Files named one by one. */
const SHOWN = 10;

/** What an import did, or would do, in words. `passed`: files of folders that were left out. */
export function printImport(out: Output, result: ImportJson, passed: readonly string[]): void {
  printFiles(out, result);
  out.line();
  out.line(sumText(result));
  if (result.firstAt !== null && result.lastAt !== null)
    out.line(`from ${localTime(Date.parse(result.firstAt))} to ${localTime(Date.parse(result.lastAt))}`);
  if (result.seq !== null) out.line({ text: `told as change ${result.seq}`, tone: 'dim' });
  printRefused(out, result);
  if (passed.length > 0) out.note({ text: `left out ${counted(passed.length, 'file')} of the folder: ${few(passed)}`, tone: 'dim' });
}

function printFiles(out: Output, { files }: ImportJson): void {
  out.table(['FILE', 'FORMAT', 'ROWS', 'REFUSED', 'FROM', 'TO'], files.slice(0, SHOWN).map(fileRow));
  if (files.length > SHOWN) out.line(`... and ${counted(files.length - SHOWN, 'file')} more`);
  for (const { name, notes } of files.slice(0, SHOWN)) for (const note of notes) out.line({ text: `  ${name}: ${note}`, tone: 'dim' });
}

function sumText({ dryRun, devices, sessions, spans, labels }: ImportJson): string {
  const [would, of] = dryRun ? ['would add', ' (dry run: nothing was written)'] : ['added', ''];
  const known = counted(devices.known, 'device');
  if (spans === 0) return `nothing new: ${known} and all of that history are known already${of}`;
  const told = labels > 0 ? ` (${counted(labels, 'label')})` : '';
  const added = `${counted(devices.new, 'new device')}, ${counted(sessions, 'session')} and ${counted(spans, 'span')}${told}`;
  return `${would} ${added}; ${known} known already${of}`;
}

function fileRow({ name, format, guessed, before, rows, refused, firstAt, lastAt }: ImportJson['files'][number]): Piece[] {
  const kind =
    format === null ? { text: 'unusable', tone: 'bad' as const } : `${format}${guessed ? ' (by content)' : ''}${before ? ', again' : ''}`;
  const time = (at: string | null): string => (at === null ? '-' : localTime(Date.parse(at)));
  return [name, kind, String(rows), refused > 0 ? { text: String(refused), tone: 'warn' } : '0', time(firstAt), time(lastAt)];
}

function printRefused(out: Output, { refused: { count, first } }: ImportJson): void {
  if (count === 0) return;
  out.line();
  out.line({
    text: `${count === 1 ? '1 row or file' : `${count} rows or files`} could not be used${count > first.length ? `; the first ${first.length}` : ''}:`,
    tone: 'warn',
  });
  for (const { file, line, reason } of first) out.line(`  ${file}${line === null ? '' : `, line ${line}`}: ${reason}`);
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown}, ...` : shown;
}
