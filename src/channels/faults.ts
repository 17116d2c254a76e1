import { z } from 'zod';
import { CHANNEL_KEYS, type JsonObject, nearest, type OptionFault, untrusted } from '../core/index.ts';
import type { ChannelKind } from './kind.ts';
import { isPath, show } from './options.ts';

/** Certificates to trust, of every kind that goes to URLs. */
export const CA = 'ca';

export const fileOf = (key: string): string => `${key}_file`;

export type Reading =
  | { readonly ok: true; readonly options: Record<string, unknown> }
  | { readonly ok: false; readonly faults: readonly OptionFault[] };

const trusts = ({ urls, tls }: ChannelKind): boolean => urls !== undefined || tls === true;

/** Options that name a file: "token_file" to "token"; "ca" to itself. */
export function filesIn(kind: ChannelKind, options: JsonObject): Map<string, string> {
  const named = kind.secrets.map((key): [string, string] => [fileOf(key), key]);
  const all: [string, string][] = !trusts(kind) ? named : [...named, [CA, CA]];
  return new Map(all.filter(([key]) => options[key] !== undefined));
}

/** What of the options can be said without reading a file. */
export function readOptions(kind: ChannelKind, options: JsonObject): Reading {
  const files = filesIn(kind, options);
  const plain = Object.fromEntries(Object.entries(options).filter(([key]) => !files.has(key)));
  const result = kind.schema.safeParse(plain);
  const later = new Set(files.values());
  const comes = (issue: Issue): boolean =>
    isMissing(issue) && [String(issue.path[0]), ...(paramsOf(issue).instead ?? [])].some((key) => later.has(key));
  const issues = result.success ? [] : result.error.issues.filter((issue) => !comes(issue));
  const faults = [...filesWrong(files, options), ...issues.flatMap((issue) => faultsOf(issue, kind))];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, options: result.data ?? plain };
}

function filesWrong(files: ReadonlyMap<string, string>, options: JsonObject): OptionFault[] {
  return [...files].flatMap(([file, key]): OptionFault[] => {
    const path = options[file];
    if (typeof path !== 'string' || !isPath(path))
      return [{ key: file, reason: `${show(path)} is no absolute path`, remedy: 'name the file from the root, like /etc/rollcall/secret' }];
    const both = file !== key && options[key] !== undefined;
    return both ? [{ key: file, reason: `it stands beside ${key}`, remedy: 'keep one of the two' }] : [];
  });
}

type Issue = z.core.$ZodIssue;
/** `missing`: no fault where a file brings it, or one of those that may stand `instead`. */
const paramsOf = (issue: Issue): { readonly remedy?: string; readonly missing?: boolean; readonly instead?: readonly string[] } =>
  issue.code === 'custom' ? (issue.params ?? {}) : {};
const isMissing = (issue: Issue): boolean => paramsOf(issue).missing === true;

function faultsOf(issue: Issue, kind: ChannelKind): OptionFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, kind));
  const key = issue.path.length === 0 ? null : String(issue.path[0]);
  const remedy = paramsOf(issue).remedy ?? (key === null ? '' : whatOf(kind, key));
  // What is secret is not shown, and a reason may quote it.
  const secret = key !== null && kind.secrets.includes(key) && !isMissing(issue);
  return [{ key, reason: secret ? 'it does not fit (not shown, as it is secret)' : issue.message, remedy }];
}

function unknownKey(key: string, kind: ChannelKind): OptionFault {
  const known = optionsOf(kind).map((one) => one.key);
  const guess = nearest(key, known);
  // In a config file they stand side by side with the options.
  const ofAll = nearest(key, CHANNEL_KEYS);
  const meant = guess ? `did you mean "${guess}"?` : ofAll && `did you mean "${ofAll}", which every channel has?`;
  return {
    key: untrusted(key, 60),
    reason: `a channel of kind ${kind.kind} has no such option`,
    remedy: meant ?? `write one of ${known.join(', ')}`,
  };
}

const whatOf = ({ schema }: ChannelKind, key: string): string => describe(schema.shape[key]).what;

function describe(field: unknown): { readonly what: string; readonly needed: boolean } {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return { what: describe(field.unwrap()).what, needed: false };
  return { what: field instanceof z.ZodType ? (field.description ?? '') : '', needed: true };
}

/** Every option of a kind, those that the maker adds included. */
export function optionsOf(kind: ChannelKind): { readonly key: string; readonly what: string; readonly needed: boolean }[] {
  const own = Object.entries(kind.schema.shape).flatMap(([key, field]) => {
    const one = { key, ...describe(field) };
    if (!kind.secrets.includes(key)) return [one];
    return [one, { key: fileOf(key), what: `file that holds the ${key}, in place of it`, needed: false }];
  });
  const ca = { key: CA, what: 'file of certificates (PEM) to trust beside those of the system', needed: false };
  return !trusts(kind) ? own : [...own, ca];
}
