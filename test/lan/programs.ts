import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { IP } from './ip.ts';

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly timeout?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Programs started in a namespace. The keeper finds only those that stand in it already, so the others are remembered here. */
export class Programs {
  readonly #namespace: string;
  readonly #running = new Set<ChildProcess>();

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  spawn(argv: readonly string[], options: SpawnOptions): ChildProcess {
    return this.#own(spawn(IP, ['netns', 'exec', this.#namespace, ...argv], options));
  }

  /** Runs a program to its end. One ended by a signal has code -1. */
  run(argv: readonly string[], options: RunOptions): Promise<RunResult> {
    return new Promise((resolve) => {
      const args = ['netns', 'exec', this.#namespace, ...argv];
      const child = execFile(IP, args, { timeout: 60_000, maxBuffer: 1 << 26, ...options }, (fault, stdout, stderr) => {
        const code = fault === null ? 0 : Number.isInteger(fault.code) ? Number(fault.code) : -1;
        resolve({ code, stdout, stderr });
      });
      this.#own(child);
    });
  }

  /** Kills those that have not ended. */
  async end(): Promise<void> {
    const running = [...this.#running];
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  #own(child: ChildProcess): ChildProcess {
    // A program that cannot start has no pid, and no end to wait for.
    if (child.pid === undefined) return child;
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }
}
