import { openAsBlob } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { RosterImportJson } from '../../contract/index.ts';
import { Fault, unreadWords } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';

export interface RosterImportOptions {
  readonly dryRun?: boolean;
  readonly clear?: boolean;
}

/** Says what devices are, by a table in a file. */
export async function importDevices(
  { world, out, withClient }: Call,
  path: string,
  { dryRun = false, clear = false }: RosterImportOptions,
): Promise<number> {
  const place = resolve(world.cwd, path);
  const blob = await opened(place, path);
  const file = new File([blob], basename(place));
  const done = await withClient((client) => client.devices.import({ file, dryRun, blanks: clear ? 'clear' : 'keep' }));
  if (out.options.json) out.json(done);
  else print(out, done);
  return done.refused > 0 ? EXIT.found : EXIT.fine;
}

async function opened(place: string, path: string): Promise<Blob> {
  try {
    return await openAsBlob(place);
  } catch (thrown) {
    const shown = JSON.stringify(path.slice(0, 200));
    throw new Fault('bad-input', `reading ${shown}: ${unreadWords(thrown)}`, 'name a table that "rollcall export devices" wrote');
  }
}

function print(out: Call['out'], { shown, dryRun, devices, same, refused }: RosterImportJson): void {
  for (const row of shown) out.line(rowText(row));
  out.note(`${dryRun ? 'would change' : 'changed'} ${counted(devices, 'device')}; ${same} as they were; ${refused} cannot be taken in`);
}

function rowText({ line, device, changes, fault }: RosterImportJson['shown'][number]): string {
  if (fault) return `line ${line}, ${fault.column ?? 'the whole row'}: ${fault.reason}`;
  const name = device?.name ? ` (${device.name})` : '';
  const steps = changes.map(({ label, before, after }) => `${label} ${said(before)} -> ${said(after)}`);
  return `line ${line}, #${device?.id ?? '?'}${name}: ${steps.join('; ')}`;
}

function said(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  return value === null || value === '' ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}
