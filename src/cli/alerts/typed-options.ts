import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Fault, type Json, type JsonObject } from '../../core/index.ts';
import type { CliWorld } from '../world.ts';

/** Bytes of one value that is not on the command line. */
const LARGEST = 65_536;

/** key=value, key.member=value, key:=JSON, key= */
const SHAPE = /^([A-Za-z][\w-]{0,63})(?:\.([^=:]{1,255}))?(:?=)([^]*)$/;

/** A value that was typed. Of secrets nothing but the key is ever said again. */
interface Typed {
  readonly key: string;
  readonly member: string | null;
  readonly value: Json;
}

/**
 * Options of a channel as typed: "topic=home"; "token=@file" and "token=-" take the text from a file or from what is piped in, since
 * others see what stands on a command line; "headers.X-Key=@file" is a member; "priority:=5" is JSON; "note=" takes an option away.
 * Given twice, a key has several values. Fault bad-input.
 */
export async function typedOptions(words: readonly string[], world: Pick<CliWorld, 'cwd' | 'stdin'>): Promise<JsonObject> {
  const options = new Map<string, Json>();
  let piped = false;
  for (const word of words) {
    const typed = await readWord(word, world, () => {
      if (piped)
        throw new Fault('bad-input', 'reading the command line: two options cannot both be piped in', 'put one into a file: key=@file');
      piped = true;
    });
    options.set(typed.key, joined(options.get(typed.key), typed));
  }
  return Object.fromEntries(options);
}

function joined(before: Json | undefined, { key, member, value }: Typed): Json {
  if (member !== null) {
    const known = before ?? {};
    if (typeof known !== 'object' || known === null || Array.isArray(known)) throw mixed(key);
    return Object.fromEntries([...Object.entries(known), [member, value]]);
  }
  if (before === undefined) return value;
  if (typeof before === 'object' && before !== null && !Array.isArray(before)) throw mixed(key);
  return [...(Array.isArray(before) ? (before as readonly Json[]) : [before]), value];
}

const mixed = (key: string): Fault =>
  new Fault('bad-input', `reading option ${key}: it is both a text and a table`, `write ${key}=TEXT, or ${key}.NAME=TEXT`);

async function readWord(word: string, world: Pick<CliWorld, 'cwd' | 'stdin'>, claimInput: () => void): Promise<Typed> {
  const [, key, member = null, sign, text = ''] = SHAPE.exec(word) ?? [];
  if (key === undefined)
    // It may be a secret whose key was forgotten.
    throw new Fault(
      'bad-input',
      'reading the command line: an option of a channel is not written as key=value',
      'write it like topic=home',
    );
  if (sign === ':=') return { key, member, value: jsonOf(key, text) };
  if (text === '-') claimInput();
  const value =
    text === '-'
      ? await wholeText(key, 'what is piped in', world.stdin)
      : text.startsWith('@')
        ? await atSign(key, text.slice(1), world)
        : plain(text);
  return { key, member, value };
}

/** Nobody means the word true; an empty text takes the option away. */
const plain = (text: string): Json => (text === 'true' ? true : text === 'false' ? false : text === '' ? null : text);

function jsonOf(key: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Fault('bad-input', `reading option ${key}: what is behind := is no JSON`, `write it like ${key}:=5, or ${key}=TEXT for text`);
  }
}

/** "@@home" is the text "@home". */
async function atSign(key: string, rest: string, { cwd }: Pick<CliWorld, 'cwd'>): Promise<string> {
  if (rest.startsWith('@')) return rest;
  const path = resolve(cwd, rest);
  try {
    return await wholeText(key, path, createReadStream(path));
  } catch (failure) {
    throw failure instanceof Fault ? failure : unreadable(key, path, (failure as { code?: unknown }).code);
  }
}

function unreadable(key: string, path: string, code: unknown): Fault {
  const reading = `reading option ${key} from ${JSON.stringify(path)}`;
  if (code === 'EACCES') return new Fault('refused', `${reading}: permission denied`, 'use an account that may read it');
  if (code === 'EISDIR') return new Fault('bad-input', `${reading}: it is a folder`, 'name a file');
  const remedy = `check the path; a text that begins with "@" is written with two: ${key}=@@...`;
  return new Fault('not-found', `${reading}: there is no such file`, remedy);
}

/** All there is, without the last line break: that is no part of a secret. */
async function wholeText(key: string, from: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const taken: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > LARGEST)
      throw new Fault('bad-input', `reading option ${key} from ${from}: it has more than ${LARGEST} bytes`, 'take something shorter');
    taken.push(chunk);
  }
  const text = Buffer.concat(taken)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text !== '') return text;
  throw new Fault('bad-input', `reading option ${key} from ${from}: there is nothing in it`, 'give it something, or leave the option out');
}
