import { type Command, Option } from 'commander';
import { Fault, type Millis, orFault, parseDuration } from '../../core/index.ts';
import { wholeFilter } from '../filter-words.ts';
import { type AlertRange, parseRange } from './range.ts';

/** What can be wrong beside the number of hosts. */
export const MATTERS = ['new', 'drift', 'incidents'] as const;
export type Matter = (typeof MATTERS)[number];

/** What a check was asked to look at, and how it tells. */
export interface CheckOrder {
  /** Words that counted devices fit; null: all. */
  readonly filter: string | null;
  /** Id or text of a target; null: all of them. */
  readonly target: string | null;
  readonly warning: AlertRange | null;
  readonly critical: AlertRange | null;
  /** File of those who must be here. */
  readonly expect: string | null;
  /** Devices that were first seen within are new; null: nobody asks. */
  readonly fresh: Millis | null;
  readonly drift: boolean;
  /** Whether open incidents count that nobody acknowledged. */
  readonly incidents: boolean;
  /** What is critical, and not only a warning. */
  readonly critically: ReadonlySet<Matter>;
  /** Age of a look from which on nothing can be said; null: as the target's sweeps come. */
  readonly stale: Millis | null;
  readonly timeout: Millis;
  /** null: the daemon of this machine, or its store. */
  readonly url: string | null;
  readonly tokenFile: string | null;
}

/** As commander hands them over. */
export interface CheckOptions {
  readonly filter?: string;
  readonly target?: string;
  readonly warning?: string;
  readonly critical?: string;
  readonly minHosts?: string;
  readonly maxHosts?: string;
  readonly expect?: string;
  readonly new?: string;
  readonly drift?: boolean;
  readonly incidents?: boolean;
  readonly criticalOn?: string;
  readonly stale?: string;
  readonly timeout: string;
  readonly url?: string;
  readonly tokenFile?: string;
  readonly format: 'nagios' | 'checkmk';
  readonly item: string;
  readonly version?: boolean;
}

export const withCheckOptions = (command: Command): Command =>
  command
    .option('-w, --warning <range>', 'warn by the number of hosts that are here: 10:50, 10:, ~:50, @10:20')
    .option('-c, --critical <range>', 'the same, critical')
    .option('--min-hosts <n>', 'critical with fewer hosts')
    .option('--max-hosts <n>', 'critical with more hosts')
    .option('--filter <words>', 'only devices that all these words fit')
    .option('--target <target>', 'only what this target holds, and its looks')
    .option('--expect <file>', 'critical when one of these is not here: names, addresses, MACs, one a line')
    .option('--new <span>', 'warn of devices first seen within: 1d')
    .option('--drift', 'warn of what is not as approved')
    .option('--incidents', 'warn of open incidents nobody acknowledged')
    .option('--critical-on <what>', 'what of new,drift,incidents is critical')
    .option('--stale <span>', 'unknown when the newest look is older; left out: three sweeps')
    .option('-t, --timeout <seconds>', 'unknown after that', '10')
    .option('-u, --url <url>', 'ask a daemon over HTTP')
    .option('--token-file <file>', 'with --url: file that holds the token')
    .addOption(new Option('--format <format>', 'form of the output').choices(['nagios', 'checkmk']).default('nagios'))
    .option('--item <name>', 'with checkmk: name of the service', 'Rollcall')
    .option('-V, --version', 'print the version');

/** Reads all options; the first one that cannot be is a Fault bad-input. */
export function readOrder(options: CheckOptions): CheckOrder {
  refuseAlone(options);
  return {
    filter: options.filter === undefined ? null : wholeFilter(notEmpty(options.filter, '--filter'), '--filter'),
    target: options.target === undefined ? null : notEmpty(options.target, '--target'),
    warning: options.warning === undefined ? null : orFault(parseRange(options.warning, '--warning')),
    critical: criticalOf(options),
    expect: options.expect === undefined ? null : notEmpty(options.expect, '--expect'),
    fresh: spanOf(options.new, '--new'),
    drift: options.drift ?? false,
    incidents: options.incidents ?? false,
    critically: mattersOf(options.criticalOn),
    stale: spanOf(options.stale, '--stale'),
    timeout: secondsOf(options.timeout),
    url: options.url ?? null,
    tokenFile: options.tokenFile ?? null,
  };
}

function refuseAlone({ url, tokenFile, critical, minHosts, maxHosts }: CheckOptions): void {
  if ((url === undefined) !== (tokenFile === undefined))
    throw new Fault('bad-input', 'reading --url and --token-file: one needs the other', 'give both, or none');
  if (critical !== undefined && (minHosts !== undefined || maxHosts !== undefined))
    throw new Fault('bad-input', 'reading --critical: --min-hosts and --max-hosts say the same', 'give either, like --critical 5:60');
}

/** The old way: too few or too many. */
function criticalOf({ critical, minHosts, maxHosts }: CheckOptions): AlertRange | null {
  if (critical !== undefined) return orFault(parseRange(critical, '--critical'));
  if (minHosts === undefined && maxHosts === undefined) return null;
  const [least, most] = [countOf(minHosts, '--min-hosts'), countOf(maxHosts, '--max-hosts')];
  return orFault(parseRange(`${least ?? '0'}:${most ?? ''}`, '--min-hosts and --max-hosts'));
}

function countOf(text: string | undefined, option: string): string | undefined {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text;
  throw wrong(option, text, { why: 'it is no number of hosts', remedy: 'write one like 5' });
}

function spanOf(text: string | undefined, option: string): Millis | null {
  if (text === undefined) return null;
  const span = parseDuration(text);
  if (span !== undefined && span > 0) return span;
  throw wrong(option, text, { why: 'it is no length of time', remedy: 'write one like 45m, 2h or 1d' });
}

function secondsOf(text: string): Millis {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text) * 1000;
  throw wrong('--timeout', text, { why: 'it is no number of seconds', remedy: 'write one from 1 to 9999' });
}

function mattersOf(text: string | undefined): ReadonlySet<Matter> {
  const words = text === undefined ? [] : text.split(',').map((word) => word.trim());
  const matters = words.map((word) => MATTERS.find((matter) => matter === word));
  if (matters.every((matter) => matter !== undefined)) return new Set(matters);
  throw wrong('--critical-on', text ?? '', { why: 'it names something else', remedy: `write some of ${MATTERS.join(',')}` });
}

function notEmpty(text: string, option: string): string {
  if (text.trim() !== '') return text;
  throw wrong(option, text, { why: 'it is empty', remedy: 'write something, or leave it out' });
}

const wrong = (option: string, text: string, { why, remedy }: { readonly why: string; readonly remedy: string }): Fault =>
  new Fault('bad-input', `reading ${option} ${JSON.stringify(text.slice(0, 60))}: ${why}`, remedy);
