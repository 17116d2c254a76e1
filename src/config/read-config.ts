import { parse, TomlError } from 'smol-toml';
import { atOdds } from './at-odds.ts';
import { type Complaint, complaintsOf, faultOf } from './complaints.ts';
import type { ConfigReading } from './config.ts';
import { doubtsIn } from './doubts.ts';
import { type LineOf, lineFinder } from './lines.ts';
import { askOthers, type ConfigChecks } from './outside.ts';
import { fileSchema } from './schema/file.ts';
import { withDefaults } from './with-defaults.ts';

/** Longest file read, in characters; a real one is a few hundred lines. */
const LONGEST = 1_000_000;

/**
 * Reads the text of a config file. `file` is its name, for the messages only; `checks`: what only other rooms know of it.
 * Never throws: either a whole config, with defaults where the file is silent, or every fault at once, in the order of
 * their lines.
 */
export function readConfig(text: string, file: string, checks: ConfigChecks = {}): ConfigReading {
  const content = readToml(text);
  if ('reason' in content) return faulty([content], file);
  const parsed = fileSchema.safeParse(content.table);
  const lineOf = lineFinder(text);
  if (!parsed.success)
    return faulty(
      parsed.error.issues.flatMap((issue) => complaintsOf(issue, lineOf)),
      file,
    );
  const complaints = [...atOdds(parsed.data, lineOf), ...askOthers(parsed.data, checks, lineOf)];
  if (complaints.length > 0) return faulty(complaints, file);
  const doubts = doubtsIn(parsed.data, lineOf).map((doubt) => faultOf(doubt, file));
  return { ok: true, config: withDefaults(parsed.data), said: { file, lines: linesSaid(content.table, lineOf) }, doubts };
}

/** Where the keys of each table stand. */
function linesSaid(table: unknown, lineOf: LineOf): Record<string, number> {
  const tables = Object.entries(table as object).filter(
    ([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const paths = tables.flatMap(([name, value]) => Object.keys(value as object).map((key) => [name, key]));
  return Object.fromEntries(
    paths.flatMap((path) => [[path.join('.'), lineOf(path)] as const]).filter((entry) => entry[1] !== null),
  ) as Record<string, number>;
}

function readToml(text: string): { readonly table: unknown } | Complaint {
  if (text.length > LONGEST)
    return { path: [], line: 1, reason: `it is longer than ${LONGEST} characters`, remedy: 'name the config file, not another one' };
  try {
    return { table: parse(text, { unsafeKeyBehaviour: 'throw', maxDepth: 32 }) };
  } catch (cause) {
    const line = cause instanceof TomlError ? cause.line : 1;
    const [first = ''] = (cause as Error).message.split('\n');
    const reason = first.replace(/^Invalid TOML document: /, '');
    return { path: [], line, reason: `it is not TOML: ${reason}`, remedy: 'mend this line; texts stand in "quotes", tables in [brackets]' };
  }
}

function faulty(complaints: readonly Complaint[], file: string): ConfigReading {
  const faults = complaints.map((complaint) => faultOf(complaint, file)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const [first, ...rest] = faults;
  if (!first) throw new Error('a config was refused without a reason');
  return { ok: false, faults: [first, ...rest] };
}
