import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ApprovalEntry, Fault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';
import { writeWhole } from '../reports/files.ts';
import { wrongWords } from '../sub-words.ts';
import { formatTables, TABLE_ENDING } from './host-tables.ts';
import { optionsOf } from './options.ts';
import { formatYaml } from './yaml-file.ts';

/** What is approved is no secret, and goes into version control. */
const READABLE = 0o644;

/** Writes what is in force: as YAML to a file or the screen, or as a folder of .base files. */
export async function exportApprovals(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { as = 'yaml', output } = optionsOf(call, 'export', ['as', 'output']);
  if (words.length > 0) throw wrongWords('baseline export', words, 'export --as yaml|base -o PATH');
  const entries = await withClient((client) => client.approvals.export());
  if (out.options.json) out.json(entries);
  else if (as === 'base') await exportTables(call, entries, output === undefined ? undefined : resolve(world.cwd, output));
  else if (output === undefined) out.raw(formatYaml(entries));
  else {
    const file = resolve(world.cwd, output);
    await writeWhole(file, formatYaml(entries), READABLE);
    out.note(`wrote ${counted(entries.length, 'approval')} to ${file}`);
  }
  return EXIT.fine;
}

async function exportTables({ out }: Call, entries: readonly ApprovalEntry[], folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Fault('bad-input', 'reading the command line: .base files go into a folder', 'name one with -o');
  const { tables, lost, nameless } = formatTables(entries);
  await mkdir(folder, { recursive: true });
  for (const { file, text } of tables) await writeWhole(join(folder, file), text, READABLE);
  // A host that is approved no longer must not come back with the next import.
  const kept = new Set(tables.map(({ file }) => file));
  const old = (await readdir(folder)).filter((name) => name.endsWith(TABLE_ENDING) && !kept.has(name));
  out.note(`wrote ${counted(tables.length, 'file')} to ${folder}`);
  if (lost > 0) out.note(`  ${lost} say more than a table can (policies, reasons, ends, versions): "--as yaml" keeps all`);
  for (const device of nameless) out.note(`  left out ${JSON.stringify(device.slice(0, 80))}: no file can be called so`);
  if (old.length > 0) out.note(`  ${counted(old.length, 'other .base file')} in it, like ${old[0]}: about hosts that are not approved`);
}
