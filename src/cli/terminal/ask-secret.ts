import { Fault } from '../../core/index.ts';
import type { CliWorld } from '../world.ts';

type Stdin = CliWorld['stdin'];

/** Longest text taken; whoever pipes more has the wrong file. */
const LONGEST = 4096;

const [CTRL_C, CTRL_D, CTRL_U] = ['\u0003', '\u0004', '\u0015'];
const ENDS: ReadonlySet<string> = new Set(['\r', '\n', CTRL_D]);
const ERASES: ReadonlySet<string> = new Set(['\b', '\u007f']);

/** As a terminal would: to end what was not begun is to leave. */
const isInterrupt = (key: string, typed: readonly string[]): boolean => key === CTRL_C || (key === CTRL_D && typed.length === 0);

function type(key: string, typed: string[]): void {
  if (ERASES.has(key)) typed.pop();
  else if (key === CTRL_U) typed.length = 0;
  else if (typed.length < LONGEST) typed.push(key);
}

/** Asks on a terminal, each question on a line of its own, and shows nothing of what is typed. null: interrupted. */
export async function askSecrets(world: CliWorld, questions: readonly string[]): Promise<readonly string[] | null> {
  const { stdin, stderr } = world;
  if (stdin.isTTY !== true || stdin.setRawMode === undefined)
    throw new Fault('bad-input', 'asking for a password: there is no terminal to ask on', 'pipe it in, with --password-stdin');
  const keys = new Keys(stdin);
  const plain = (): void => void stdin.setRawMode?.(false);
  const release = world.onInterrupt(plain); // killed meanwhile: whoever types next must see it
  stdin.setRawMode(true);
  const typed: string[] = [];
  try {
    for (const question of questions) {
      stderr.write(question);
      const text = await keys.line();
      stderr.write('\n');
      if (text === null) return null;
      typed.push(text);
    }
    return typed;
  } finally {
    plain();
    release();
    await keys.close();
  }
}

/** One line of what is piped in, without its end. */
export async function readSecret(stdin: Stdin): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > LONGEST)
      throw new Fault('bad-input', 'reading a password: more is piped in than one', 'pipe in the password alone, on one line');
  }
  const text = decoded(Buffer.concat(chunks)).replace(/\r?\n$/, '');
  if (text === '') throw new Fault('bad-input', 'reading a password: nothing is piped in', 'pipe it in, on one line');
  if (/[\r\n]/.test(text))
    throw new Fault('bad-input', 'reading a password: several lines are piped in', 'pipe in the password alone, on one line');
  return text;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('bad-input', 'reading a password: it is no UTF-8', 'check the encoding of what is piped in');
  }
}

/** What is typed, key by key; what was typed ahead counts for the next line. */
class Keys {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #ahead: string[] = [];

  constructor(stdin: Stdin) {
    this.#iterator = stdin[Symbol.asyncIterator]();
  }

  /** null: interrupted, or the terminal is gone. */
  async line(): Promise<string | null> {
    const typed: string[] = [];
    for (;;) {
      const key = await this.#next();
      if (key === null || isInterrupt(key, typed)) return null;
      if (ENDS.has(key)) return typed.join('');
      type(key, typed);
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #next(): Promise<string | null> {
    while (this.#ahead.length === 0) {
      const more = await this.#iterator.next();
      if (more.done === true) return null;
      this.#ahead = Array.from(this.#decoder.decode(more.value, { stream: true }));
    }
    return this.#ahead.shift() ?? null;
  }
}
