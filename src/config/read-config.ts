import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { nearest } from '../core/index.ts';
import { type Config, type ConfigFault, type ConfigReading, DEFAULTS } from './config.ts';
import { type LineOf, lineFinder, type Path } from './lines.ts';
import { type FileContent, fileSchema, keysAt } from './schema.ts';

/** Longest file read, in characters; a real one is a few hundred lines. */
const LONGEST = 1_000_000;

interface Complaint {
  readonly path: Path;
  readonly line: number | null;
  readonly reason: string;
  readonly remedy: string;
}

/**
 * Reads the text of a config file. `file` is its name, for the messages only. Never throws: either a whole config,
 * with defaults where the file is silent, or every fault at once, in the order of their lines.
 */
export function readConfig(text: string, file: string): ConfigReading {
  const content = readToml(text);
  if ('reason' in content) return faulty([content], file);
  const parsed = fileSchema.safeParse(content.table);
  const lineOf = lineFinder(text);
  if (!parsed.success)
    return faulty(
      parsed.error.issues.flatMap((issue) => complaintsOf(issue, lineOf)),
      file,
    );
  const atOdds = [...repeated(parsed.data, lineOf), ...unaskable(parsed.data, lineOf)];
  return atOdds.length > 0 ? faulty(atOdds, file) : { ok: true, config: withDefaults(parsed.data) };
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

function complaintsOf(issue: z.core.$ZodIssue, lineOf: LineOf): Complaint[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey([...path, name], lineOf));
  const line = lineOf(path);
  if (issue.code === 'custom') return [{ path, line, reason: issue.message, remedy: String(issue.params?.remedy) }];
  return [{ path, line, ...wrongShape(issue, path) }];
}

/** A table where a value belongs, or the other way round: the only thing left for zod itself to refuse. */
function wrongShape(issue: z.core.$ZodIssue, path: Path): Pick<Complaint, 'reason' | 'remedy'> {
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  const list = issue.code === 'invalid_type' && issue.expected === 'array';
  const listOfTables = path.length === 1 && list;
  if (listOfTables) return { reason: 'it is not a list of tables', remedy: `write [[${name}]] with double brackets` };
  if (list) return { reason: 'it is not a list', remedy: `write ${name} = [...]` };
  return { reason: 'it is not a table', remedy: path.length > 1 ? `write ${name} = {key = value}` : `write [${name}] and its keys below` };
}

function unknownKey(path: Path, lineOf: LineOf): Complaint {
  const name = String(path.at(-1));
  const table = path.slice(0, -1);
  const known = keysAt(table);
  const guess = nearest(name, known);
  const home = keysAt([]).find((room) => keysAt([room, 0]).includes(name) || keysAt([room]).includes(name));
  const where = home && !guess ? `move it under [${home}]` : `write one of ${known.join(', ')}`;
  return { path, line: lineOf(path), reason: 'there is no such key', remedy: guess ? `did you mean "${guess}"?` : where };
}

/** The same target twice would be watched by two schedules at odds. */
function repeated(content: FileContent, lineOf: LineOf): Complaint[] {
  const seen = new Map<string, number | null>();
  return (content.target ?? []).flatMap(({ spec }, index): Complaint[] => {
    const path = ['target', index, 'target'];
    const line = lineOf(path);
    const first = seen.get(spec.text);
    if (first === undefined) {
      seen.set(spec.text, line);
      return [];
    }
    return [{ path, line, reason: `${spec.text} is a target already, in line ${first}`, remedy: 'keep one, with plans = [{...}, {...}]' }];
  });
}

/** A target that expects a public address could never be scanned where nobody can be asked for it. */
function unaskable({ guard, target = [] }: FileContent, lineOf: LineOf): Complaint[] {
  if (guard?.ask !== undefined) return [];
  return target.flatMap(({ limits }, index): Complaint[] => {
    if (limits?.guard?.public === undefined) return [];
    const path = ['target', index, 'guard', 'public'];
    const remedy = 'add ask = "https://..." under [guard], a page of yours that says it';
    return [{ path, line: lineOf(path), reason: '[guard] names no page that says our public address', remedy }];
  });
}

function withDefaults(content: FileContent): Config {
  return {
    site: merge(DEFAULTS.site, content.site),
    http: merge(DEFAULTS.http, content.http),
    presence: merge(DEFAULTS.presence, content.presence),
    names: merge(DEFAULTS.names, content.names),
    listen: merge(DEFAULTS.listen, content.listen),
    keep: merge(DEFAULTS.keep, content.keep),
    nmap: merge(DEFAULTS.nmap, content.nmap),
    sweep: merge(DEFAULTS.sweep, content.sweep),
    services: merge(DEFAULTS.services, content.services),
    scan: merge(DEFAULTS.scan, content.scan),
    guard: merge(DEFAULTS.guard, content.guard),
    store: merge(DEFAULTS.store, content.store),
    mail: merge(DEFAULTS.mail, content.mail),
    alerts: DEFAULTS.alerts,
    channels: DEFAULTS.channels,
    rules: DEFAULTS.rules,
    upkeep: DEFAULTS.upkeep,
    mqtt: DEFAULTS.mqtt,
    self: merge(DEFAULTS.self, content.self),
    targets: content.target ?? DEFAULTS.targets,
    allowances: content.allow ?? DEFAULTS.allowances,
  };
}

/** The usual values with those the file gives on top; a key left out is not there or undefined. */
function merge<T extends object>(usual: T, given: { [K in keyof T]?: T[K] | undefined } | undefined): T {
  const said = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...usual, ...Object.fromEntries(said) };
}

function faulty(complaints: readonly Complaint[], file: string): ConfigReading {
  const faults = complaints.map((complaint) => faultOf(complaint, file)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const [first, ...rest] = faults;
  if (!first) throw new Error('a config was refused without a reason');
  return { ok: false, faults: [first, ...rest] };
}

function faultOf({ path, line, reason, remedy }: Complaint, file: string): ConfigFault {
  const key = pathText(path);
  const place = line === null ? file : `${file}:${line}`;
  return { path: key, line, message: `${place}: reading ${key === '' ? 'the file' : key}: ${reason}`, remedy };
}

/** A path as people write it: target[0].plans[1].every */
function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${bare(step)}`)).join('');
}

const bare = (key: string): string => (/^[A-Za-z0-9_-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60)));
