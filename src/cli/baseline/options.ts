import { type Command, Option } from 'commander';
import { Fault } from '../../core/index.ts';
import type { Call } from '../command.ts';

/** Options of all the words of "baseline". Each word takes some of them. */
export interface BaselineOptions {
  readonly note?: string;
  readonly filter?: string;
  readonly service?: readonly string[];
  readonly version?: string;
  readonly until?: string;
  readonly why?: string;
  readonly at?: string;
  readonly id?: readonly string[];
  readonly all?: boolean;
  readonly as?: 'yaml' | 'base';
  readonly output?: string;
  readonly dryRun?: boolean;
}

const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const withBaselineOptions = (command: Command): Command =>
  command
    .option('--note <text>', 'make: why this moment is how it should be')
    .option('--filter <words>', 'approve, diff: devices that all these words fit')
    .option('--service <port>', 'approve, revoke: only this service, like 22/tcp; may be repeated', each)
    .option('--version <which>', 'approve: exact, any, port, or a range like ">=9.2 <10"')
    .option('--until <when>', 'approve, policy: when it expires: a day (to its end), a moment, or a length like 90d')
    .option('--why <text>', 'approve, policy: the reason')
    .option('--at <when>', 'diff, list: as of a moment: 2026-03-01T03:00, yesterday, 2h')
    .option('--id <number>', 'revoke: an approval by its number; may be repeated', each)
    .option('--all', 'list: also what is over')
    .addOption(new Option('--as <format>', 'export: the format').choices(['yaml', 'base']))
    .option('-o, --output <path>', 'export: where to; left out, YAML is printed')
    .option('--dry-run', 'approve, import: only say what it would come to');

/** The options, when a word takes all that were given. */
export function optionsOf(call: Call, word: string, takes: readonly (keyof BaselineOptions)[]): BaselineOptions {
  const options = call.options as BaselineOptions;
  const known: readonly (keyof BaselineOptions)[] = [
    'note',
    'filter',
    'service',
    'version',
    'until',
    'why',
    'at',
    'id',
    'all',
    'as',
    'output',
    'dryRun',
  ];
  const strange = known.find((key) => options[key] !== undefined && !takes.includes(key));
  if (strange === undefined) return options;
  const flag = strange === 'dryRun' ? '--dry-run' : `--${strange}`;
  throw new Fault('bad-input', `reading ${flag}: "baseline ${word}" takes none`, 'leave it out, or look at rollcall baseline --help');
}
