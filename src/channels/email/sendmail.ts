import { spawn } from 'node:child_process';
import { createTransport } from 'nodemailer';
import { type Delivery, type Message, type StopSignal, unreadWords, untrusted } from '../../core/index.ts';
import { letterOf } from './letter.ts';
import { notThis, noWay } from './refusals.ts';

export interface SendmailOrder {
  /** Absolute. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** How long a sendmail may take, and how long after being asked to stop, in ms. */
const FOR_ALL = 60_000;
const TO_STOP = 5000;
/** Of what it complains about, in characters. */
const HEARD = 300;

/** Hands one mail to a sendmail, which queues it. It gets no shell, a bare environment, and no address that could be an option. */
export async function sendBySendmail(order: SendmailOrder, message: Message, signal: StopSignal): Promise<Delivery> {
  const letter = await composed(order, message);
  const end = await handOver(order, letter, signal);
  if ('failure' in end) return noWay(`starting ${order.path}: ${end.failure}`, 'check [mail] sendmail, or name a server with [mail] url');
  if (end.code === 0) return { outcome: 'delivered', receipt: '' };
  const reason = `${order.path} ended with ${end.code ?? end.by}${end.said === '' ? '' : `: ${end.said}`}`;
  const lasting = LASTING[end.code ?? -1];
  return lasting === undefined ? noWay(reason, 'look at its log, or name a server with [mail] url') : notThis(reason, lasting, false);
}

/** Exit codes that the same mail would meet again (sysexits.h). */
const LASTING: Readonly<Record<number, string>> = { 65: 'check what it takes', 67: 'check the address', 68: 'check the address' };

async function composed({ from, to }: SendmailOrder, message: Message): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message: bytes } = await composer.sendMail(letterOf(message, from, to));
  return bytes as Buffer;
}

type End = { readonly code: number | null; readonly by: string; readonly said: string } | { readonly failure: string };

function handOver({ path, from, to }: SendmailOrder, letter: Buffer, signal: StopSignal): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(path, ['-i', '-f', from, '--', to], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    let by = 'no code';
    const stop = (why: string) => (): void => {
      by = why;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), TO_STOP).unref();
    };
    const onAbort = stop('being stopped');
    const timer = setTimeout(stop(`taking longer than ${FOR_ALL / 1000} s`), FOR_ALL);
    signal.addEventListener('abort', onAbort, { once: true });
    const ended = (end: End): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(end);
    };
    child.on('error', (fault) => ended({ failure: unreadWords(fault) }));
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(0, HEARD)));
    child.on('close', (code, killed) =>
      ended({ code, by: killed === null ? by : `${by} (${killed})`, said: untrusted(said.replaceAll(/\s+/g, ' ').trim(), HEARD) }),
    );
    child.stdin.on('error', () => {}); // it may end before it has read everything; then its code says so
    child.stdin.end(letter);
    if (signal.aborted) onAbort();
  });
}
