import { type Command } from 'commander';
import { Fault, orFault } from '../core/index.ts';
import { type IgnoreRules, parseIgnore } from '../diff/index.ts';
import { guardOf, guardOption } from './guard-option.ts';

/** What `report` and `nightly` have in common. */
export interface ReportOptions {
  readonly file?: string;
  readonly output?: string;
  readonly email?: readonly string[];
  readonly attach?: boolean;
  readonly ports?: string;
  readonly iface?: string;
  readonly guard: readonly string[];
  readonly now?: boolean;
  readonly ignore?: readonly string[];
  readonly keep?: string;
  readonly ndiff?: boolean;
}

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const addReportOptions = (command: Command): Command =>
  command
    .option('-f, --file <file>', 'a list of targets, as nmap -iL takes one; - reads what is piped in')
    .option('-o, --output <folder>', 'where scans and reports are kept; a folder of its own for each list')
    .option('--email <address>', 'mail it there; repeat it for several', collect)
    .option('--attach', 'attach the JSON to the mail')
    .option('--ports <ports>', 'which TCP ports: 22,80-90, or "top 100", or all')
    .option('--iface <name>', 'interface to look from; usually found by route')
    .addOption(guardOption())
    .option('--now', 'also in quiet hours')
    .option('--ignore <rule>', 'leave out what "rollcall diff --ignore" does; repeat it for several', collect)
    .option('--keep <count>', 'remove the oldest scans and their reports, but for so many')
    .option('--ndiff', 'write the differences as Ndiff tells them, too (report-TIME.ndiff)');

/** The options, read; a Fault when one of them cannot be. */
export function readReportOptions(options: ReportOptions) {
  const { output, email = [], attach = false, ndiff = false, now = false, ports, iface } = options;
  if (output === undefined)
    throw new Fault('bad-input', 'reading the command line: it names no folder', 'write -o FOLDER, where scans and reports are kept');
  const rules: IgnoreRules = orFault(parseIgnore(options.ignore ?? []));
  const said = { folder: output, receivers: email, attach, ndiff, heedless: now, ports, iface };
  return { ...said, guard: guardOf(options.guard), keep: countOf(options.keep), rules };
}

function countOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Fault(
    'bad-input',
    `reading --keep ${JSON.stringify(text.slice(0, 40))}: it is not a count`,
    'write how many scans to keep, like 90',
  );
}
