import { z } from 'zod';
import { bad, good, type Result } from '../core/index.ts';
import { readTarget } from './exchange/target.ts';

/** A value as it may stand in a message. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** One option: what to write, and how it is read. The reason of a bad result is not shown where the option is a secret. */
export function option<T>(what: string, read: (value: unknown) => Result<T>) {
  const reading = z.unknown().transform((value, context): T => {
    const result = value === undefined ? bad('it is missing', what) : read(value);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.reason, params: { remedy: result.remedy, missing: value === undefined } });
    return z.NEVER;
  });
  return reading.describe(what);
}

/** One line of text without control characters. `like`: what it must look like, and how that is called. */
export const text = (what: string, { most = 1000, like = /./ }: { readonly most?: number; readonly like?: RegExp } = {}) =>
  option(what, (value): Result<string> => {
    if (typeof value !== 'string') return bad(`${show(value)} is not a text`, what);
    if (value === '' || value.length > most) return bad(`it has ${value.length} characters`, `${what}; 1 to ${most} characters`);
    if (!isOneLine(value)) return bad('it holds control characters', what);
    return like.test(value) ? good(value) : bad(`${show(value)} does not fit`, what);
  });

const isOneLine = (value: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(value) && value.isWellFormed();

/** Text of several lines. */
export const lines = (what: string, most = 16_384) =>
  option(what, (value): Result<string> => {
    if (typeof value !== 'string') return bad(`${show(value)} is not a text`, what);
    return value !== '' && value.length <= most
      ? good(value)
      : bad(`it has ${value.length} characters`, `${what}; 1 to ${most} characters`);
  });

/** An http or https URL, as written. */
export const webUrl = (what: string) =>
  option(what, (value): Result<string> => {
    if (typeof value !== 'string') return bad(`${show(value)} is not a text`, what);
    if (value.length > 2000) return bad(`it has ${value.length} characters`, 'write a shorter URL, at most 2000 characters');
    const target = readTarget(value);
    return target.ok ? good(value) : target;
  });

export const choice = <const T extends string>(what: string, words: readonly T[]) =>
  option(what, (value): Result<T> => {
    const found = words.find((word) => word === value);
    return found === undefined ? bad(`${show(value)} is not known`, `write one of ${words.join(', ')}`) : good(found);
  });

export const flag = (what: string) =>
  option(what, (value) =>
    typeof value === 'boolean' ? good(value) : bad(`${show(value)} is neither true nor false`, 'write true or false, without quotes'),
  );

export const whole = (what: string, { least, most }: { readonly least: number; readonly most: number }) =>
  option(what, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? good(value)
      : bad(`${show(value)} is no whole number from ${least} to ${most}`, what),
  );

export const absolutePath = (what: string) =>
  option(what, (value) =>
    typeof value === 'string' && isPath(value)
      ? good(value)
      : bad(`${show(value)} is no absolute path`, `${what}: write it from the root, like /etc/...`),
  );

export const isPath = (text_: string): boolean => /^\/[^\0-\x1f\x7f]{1,4000}$/.test(text_) && !text_.split('/').includes('..');

/** Texts by name; or, as a file has them, lines like "Name: text". Printable ASCII, as headers are: anything else would not arrive. */
export const texts = (what: string, { most, names }: { readonly most: number; readonly names: RegExp }) =>
  option(what, (written): Result<Readonly<Record<string, string>>> => {
    const value = typeof written === 'string' ? namedIn(written) : written;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(`${show(value)} is no table`, what);
    const entries = Object.entries(value);
    if (entries.length > most) return bad(`it has ${entries.length} entries`, `write at most ${most}`);
    const wrong = entries.find(([name, one]) => !names.test(name) || typeof one !== 'string' || !/^[\x20-\x7e]{0,2000}$/.test(one));
    return wrong === undefined
      ? good(Object.fromEntries(entries) as Record<string, string>)
      : bad(`${show(wrong[0])} or its text does not fit`, what);
  });

const linesIn = (written: string): string[] => written.split(/\r?\n/).filter((line) => line !== '');

const namedIn = (written: string): Record<string, string> =>
  Object.fromEntries(linesIn(written).map((line): [string, string] => [line.split(':', 1)[0] as string, line.replace(/^[^:]*:[ ]*/, '')]));

/** One text or several; or, as a file has them, one in a line. */
export const list = (what: string, { most, like }: { readonly most: number; readonly like: RegExp }) =>
  option(what, (value): Result<readonly string[]> => {
    const all: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? linesIn(value) : [value];
    if (all.length === 0 || all.length > most) return bad(`it has ${all.length} entries`, `${what}; 1 to ${most}`);
    const wrong = all.find((one) => typeof one !== 'string' || !like.test(one));
    return wrong === undefined ? good(all as readonly string[]) : bad(`${show(wrong)} does not fit`, what);
  });
