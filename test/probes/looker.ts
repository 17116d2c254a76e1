import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CoverageText, ScanReport } from '../../src/core/index.ts';
import type { Ask } from './look-from-here.ts';

export type PrintedReport = Omit<ScanReport, 'coverage' | 'raw'> & { readonly coverage: CoverageText; readonly raw: number | null };

/** A process of its own that looks when asked. */
export interface Looker {
  readonly pid: number;
  look(ask: Ask): Promise<PrintedReport>;
  /** SIGKILL, as the out-of-memory killer does it. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** `before`: words in front of node, as `ip netns exec NAME`. */
export function startLooker(before: readonly string[] = []): Looker {
  const [command, ...args] = [...before, process.execPath, `${import.meta.dirname}/look-from-here.ts`];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid as number,
    async look(ask) {
      child.stdin.write(`${JSON.stringify(ask)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error('the looking process ended without an answer');
      return JSON.parse(value) as PrintedReport;
    },
    kill: () => end(child, gone, 'SIGKILL'),
    close: () => end(child, gone, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, gone: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await gone;
}
