import { type Command, Option } from 'commander';
import { bad, Fault, good, type Instant, LAST_MOMENT, orFault, parseDuration, type Result } from '../../core/index.ts';
import { type Call } from '../command.ts';
import { readMoment } from '../terminal/moment.ts';
import type { CliWorld } from '../world.ts';

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

/** Who types, for the record; nothing is allowed or refused by it. */
export function userOf({ env }: CliWorld): string | undefined {
  const user = env['SUDO_USER'] || env['USER'] || env['LOGNAME'];
  return user ? user.slice(0, 255) : undefined;
}

/** Who and why, as far as they are known. */
export const wordOf = (world: CliWorld, why: string | undefined) => {
  const by = userOf(world);
  return { ...(by !== undefined && { by }), ...(why !== undefined && { why }) };
};

/** A moment that has passed, for --at. */
export function momentOf(text: string, now: Instant): string {
  if (text === 'yesterday') return new Date(now - 86_400_000).toISOString();
  return new Date(orFault(readMoment(text, '--at', now))).toISOString();
}

/** A moment to come: "90d" from now on, a day to its end, or a moment; times are local without a zone. */
export function untilOf(text: string, now: Instant): { until: string } {
  return { until: new Date(orFault(readUntil(text, now))).toISOString() };
}

function readUntil(text: string, now: Instant): Result<Instant> {
  const length = parseDuration(text);
  if (length !== undefined && length > 0 && now + length <= LAST_MOMENT) return good(now + length);
  const at = length === undefined ? readMoment(text, '--until', now) : null;
  const shown = JSON.stringify(text.slice(0, 60));
  if (!at?.ok)
    return bad(
      `reading --until ${shown}: it is no time`,
      'write a day like 2027-01-31, a time like 2027-01-31T12:00, or a length like 90d',
    );
  return good(text.length === 10 ? endOfDay(at.value) : at.value);
}

function endOfDay(at: Instant): Instant {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}
