import { resolve } from 'node:path';
import type { ImportedJson, RollcallClient } from '../../contract/index.ts';
import type { ApprovalEntry } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import { userOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';
import { readFiles } from './read-files.ts';

/** Takes in a YAML file, a .base file, or a folder of them: all is read before anything is approved. */
export async function importApprovals(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { dryRun = false } = optionsOf(call, 'import', ['dryRun']);
  const [path, ...others] = words;
  if (path === undefined || others.length > 0) throw wrongWords('baseline import', words, 'import FILE, or import FOLDER');
  const { entries, files, tables } = await readFiles(resolve(world.cwd, path));
  const by = tables ? userOf(world) : undefined;
  const signed = by === undefined ? entries : entries.map((entry) => ({ ...entry, by }));
  const imported = await withClient((client) => send(client, signed, { gently: tables, dryRun }));
  if (out.options.json) out.json(imported);
  else printImported(out, imported, { files, dryRun });
  return EXIT.fine;
}

/** Most text of one request; the door takes a megabyte. */
const PORTION = 500_000;

/** One request after another; entries of one device go together, since a later one would take their place. */
async function send(
  { approvals }: RollcallClient,
  entries: readonly ApprovalEntry[],
  how: { gently: boolean; dryRun: boolean },
): Promise<ImportedJson> {
  const sum = { made: 0, already: 0, replaced: 0, expired: 0, unseen: 0 };
  for (const portion of portionsOf(entries)) {
    const one = await approvals.import({ entries: portion, ...how });
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += one[key];
  }
  return sum;
}

function* portionsOf(entries: readonly ApprovalEntry[]): Generator<ApprovalEntry[]> {
  const groups = Map.groupBy(entries, ({ device, group }) => JSON.stringify([device, group]));
  let [portion, size]: [ApprovalEntry[], number] = [[], 0];
  for (const group of groups.values()) {
    const more = Buffer.byteLength(JSON.stringify(group));
    if (size > 0 && size + more > PORTION) {
      yield portion;
      [portion, size] = [[], 0];
    }
    portion.push(...group);
    size += more;
  }
  if (portion.length > 0) yield portion;
}

function printImported(out: Call['out'], imported: ImportedJson, { files, dryRun }: { files: number; dryRun: boolean }): void {
  const { made, already, replaced, expired, unseen } = imported;
  out.line(`${dryRun ? 'would take' : 'took'} in ${counted(made, 'approval')} of ${counted(files, 'file')}`);
  if (already > 0) out.note(`  ${already} approved so before`);
  if (replaced > 0) out.note(`  ${counted(replaced, 'older approval')} replaced`);
  if (expired > 0) out.note(`  ${expired} left out: they had expired`);
  if (unseen > 0) out.note(`  ${unseen} about hosts that nobody knows yet: they wait for whoever comes`);
}
