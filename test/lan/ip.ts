import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { toolPath } from '../needs.ts';

/** iproute2, also where only root's PATH looks. */
export const IP = toolPath('ip') ?? 'ip';

const execute = promisify(execFile);

/** Runs `ip -batch` over the lines, in one namespace or in ours. Rejects with what ip said. */
export function ipBatch(lines: readonly string[], namespace?: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(IP, [...(namespace ? ['-n', namespace] : []), '-batch', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.on('error', reject);
  child.on('close', (code) => {
    if (code === 0) resolve();
    else reject(new Error(`ip -batch in ${namespace ?? 'the first namespace'} ended with ${code}: ${complaint.trim()}`));
  });
  child.stdin.end(`${lines.join('\n')}\n`);
  return promise;
}

/** What `ip -j ARGS` says inside a namespace. */
export async function ipJson(namespace: string, args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const { stdout } = await execute(IP, ['-n', namespace, '-j', ...args]);
  return stdout.trim() === '' ? [] : (JSON.parse(stdout) as Record<string, unknown>[]);
}

/** Runs the jobs a few at a time. */
export async function inPool<T>(jobs: readonly T[], work: (job: T) => Promise<void>): Promise<void> {
  const queue = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
