import type { z } from 'zod';
import { nearest } from '../core/index.ts';
import type { ConfigFault } from './config.ts';
import type { LineOf, Path } from './lines.ts';
import { keysAt } from './schema/file.ts';

/** What is wrong in the file, before it is put into a sentence. */
export interface Complaint {
  readonly path: Path;
  readonly line: number | null;
  readonly reason: string;
  readonly remedy: string;
}

export function complaintsOf(issue: z.core.$ZodIssue, lineOf: LineOf): Complaint[] {
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

/** The complaint as a sentence. */
export function faultOf({ path, line, reason, remedy }: Complaint, file: string): ConfigFault {
  const key = pathText(path);
  const place = line === null ? file : `${file}:${line}`;
  return { path: key, line, message: `${place}: reading ${key === '' ? 'the file' : key}: ${reason}`, remedy };
}

/** A path as people write it: target[0].plans[1].every */
function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${bare(step)}`)).join('');
}

const bare = (key: string): string => (/^[A-Za-z0-9_-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60)));
