import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./reference.py', import.meta.url));

export interface Job {
  /** Arguments behind the program's name. */
  readonly argv: readonly string[];
  /** As which the program is called; /usr/bin/ndiff when not given. */
  readonly argv0?: string;
  /** TZ; that of this machine when not given. */
  readonly tz?: string;
}

/** What one run came to. Texts are bytes: they need not be UTF-8. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface Judgement extends Ran {
  /** The repaired one answers where Debian's own dies of a TypeError that everybody knows. */
  readonly by: 'stock' | 'repaired';
  /** It died of something else: then only its exit code and what it printed before count. */
  readonly traceback: boolean;
}

interface Answer {
  readonly id: number;
  readonly by: Judgement['by'];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly traceback: boolean;
}

/** Debian's Ndiff, loaded once. */
export class Reference {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, { resolve: (judgement: Judgement) => void; reject: (reason: Error) => void }>();
  readonly #ended: Promise<void>;
  #lastId = 0;

  constructor() {
    const env = { ...process.env };
    delete env['POSIXLY_CORRECT'];
    this.#child = spawn('python3', [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#child.stdin.on('error', () => {}); // its end says more
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (fault) => this.#abandon(fault.message));
      this.#child.on('close', (code) => {
        this.#abandon(`ended with ${code}`);
        resolve();
      });
    });
    createInterface(this.#child.stdout).on('line', (line) => this.#settle(JSON.parse(line) as Answer));
  }

  run(job: Job): Promise<Judgement> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Judgement>();
    this.#waiting.set(id, { resolve, reject });
    this.#child.stdin.write(`${JSON.stringify({ id, ...job })}\n`);
    return promise;
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }

  #settle({ id, stdout, stderr, ...rest }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.resolve({ ...rest, stdout: Buffer.from(stdout, 'base64'), stderr: Buffer.from(stderr, 'base64') });
  }

  #abandon(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(`the reference: ${reason}`));
    this.#waiting.clear();
  }
}
