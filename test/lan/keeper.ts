import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./keeper.py', import.meta.url));

export type Order =
  | { readonly do: 'open'; readonly namespace: string; readonly port: number; readonly banner: string }
  | { readonly do: 'close'; readonly namespace: string; readonly port: number }
  | { readonly do: 'close-all'; readonly namespace: string };

interface Answer {
  readonly id: number;
  readonly fault: string | null;
}

/** The Python program that serves the hosts' ports and, whatever happens to us, removes the namespaces. */
export class Keeper {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (reason: Error) => void }>();
  readonly #ended: Promise<string>;
  #lastId = 0;

  private constructor(prefix: string) {
    // A session of its own: it must outlive a kill of our whole process group to clean up.
    this.#child = spawn('python3', [PROGRAM, prefix], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#ended = this.#watchEnd();
    createInterface(this.#child.stdout).on('line', (line) => this.#settle(JSON.parse(line) as Answer));
  }

  /** Resolves when leftovers of dead test processes are gone. */
  static async start(prefix: string): Promise<Keeper> {
    const keeper = new Keeper(prefix);
    await keeper.#answerTo(0);
    return keeper;
  }

  order(order: Order): Promise<void> {
    const id = ++this.#lastId;
    const answer = this.#answerTo(id);
    this.#child.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
    return answer;
  }

  /** Removes the namespaces and ends. Rejects when something would not go. */
  async stop(): Promise<void> {
    this.#child.stdin.end();
    const trouble = await this.#ended;
    if (trouble !== '') throw new Error(`taking the LAN down: ${trouble}`);
  }

  #answerTo(id: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(id, { resolve, reject });
    return promise;
  }

  #settle({ id, fault }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (fault === null) waiting?.resolve();
    else waiting?.reject(new Error(`the LAN's keeper: ${fault}`));
  }

  #watchEnd(): Promise<string> {
    let complaint = '';
    this.#child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    return new Promise((resolve) => {
      const end = (text: string): void => {
        for (const { reject } of this.#waiting.values()) reject(new Error(`the LAN's keeper has gone: ${text}`));
        resolve(text);
      };
      this.#child.on('error', (fault) => end(fault.message));
      this.#child.on('close', (code) => end(code === 0 ? '' : `ended with ${code}: ${complaint.trim()}`));
    });
  }
}
