import { spawn } from 'node:child_process';
import { type Delivery, unreadWords, untrusted } from '../../core/index.ts';
import { notNow } from '../exchange/refusals.ts';

export interface LocalOrder {
  readonly path: string;
  /** "daemon.notice" */
  readonly priority: string;
  readonly app: string;
  readonly line: string;
  readonly signal: AbortSignal;
}

const HEARD = 300;

/** Sockets of local syslogs take datagrams, which Node cannot send: `logger`, which every Linux has, can. No shell, no environment. */
export function sendLocally({ path, priority, app, line, signal }: LocalOrder): Promise<Delivery> {
  return new Promise((resolve) => {
    const child = spawn('logger', ['--socket', path, '--socket-errors=on', '--priority', priority, '--tag', app, '--size', '8192'], {
      env: { PATH: '/usr/bin:/bin' },
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    let said = '';
    const refuse = (why: string): void =>
      resolve(notNow(`writing to ${path}: ${untrusted(why, HEARD)}`, 'check that a syslog listens there'));
    child.on('error', (fault) => refuse(unreadWords(fault)));
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(0, HEARD)));
    child.on('close', (code) =>
      code === 0 ? resolve({ outcome: 'delivered', receipt: '' }) : refuse(said.trim() || `logger ended with ${code}`),
    );
    child.stdin.on('error', () => {}); // it may end first; then its code says why
    child.stdin.end(`${line}\n`);
  });
}
