import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '../needs.ts';
import { ROLLCALL } from '../program/program.ts';
import type { Ran } from './reference.ts';

export interface Start {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Before the program, like setpriv. */
  readonly prefix?: readonly string[];
  /** A line of shell around the command "$@". */
  readonly shell?: string;
}

/** Ndiff and Rollcall as processes, both called by the same path, because messages name it. */
export class Programs {
  /** A folder for files of the test. */
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'rollcall-programs-'));
    for (const [name, target] of [
      ['theirs', toolPath('ndiff') ?? '/usr/bin/ndiff'],
      ['ours', ROLLCALL],
    ] as const) {
      mkdirSync(join(this.folder, name));
      symlinkSync(target, join(this.folder, name, 'ndiff'));
    }
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  theirs(start: Start): Promise<Ran> {
    return this.#run('theirs', start);
  }

  ours(start: Start): Promise<Ran> {
    return this.#run('ours', start);
  }

  /** From its own folder each is called ./ndiff; files of the test lie one folder up. */
  #run(whose: 'theirs' | 'ours', { argv, env, stdin, prefix = [], shell }: Start): Promise<Ran> {
    const command = [...prefix, ...(shell === undefined ? [] : ['sh', '-c', shell, 'sh']), './ndiff', ...argv];
    return ranOf(command, { cwd: join(this.folder, whose), env: { ...process.env, ...env }, stdin });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: string | Uint8Array | undefined;
}

/** Runs a command to its end. */
export function ranOf([program = '', ...args]: readonly string[], { cwd, env, stdin }: Surroundings): Promise<Ran> {
  const child = spawn(program, args, { cwd, env });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }));
  });
}
