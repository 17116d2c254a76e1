import { connect, type Socket } from 'node:net';
import type { StopSignal } from '../../core/index.ts';
import { pinned } from '../exchange/socket.ts';
import type { Way } from '../exchange/where-to.ts';

/** How long a server may take to accept, and for all of a mail, in ms. */
const TO_CONNECT = 15_000;
const FOR_ALL = 90_000;

/** Opens a connection that ends with the signal, or when all of it takes too long. `done` lets go of both. `way`: the only addresses to connect to. */
export async function dial(
  { host, port }: { readonly host: string; readonly port: number },
  signal: StopSignal,
  way: Way | null,
): Promise<{ readonly socket: Socket; readonly done: () => void }> {
  const socket = connect({ host, port, autoSelectFamily: true, ...(way && { lookup: pinned(way) }) });
  socket.on('error', () => {}); // whoever uses it hears of it too
  const stop = (): void => void socket.destroy(stopped('the sending was stopped'));
  const slow = setTimeout(() => socket.destroy(timedOut(`no answer in ${TO_CONNECT / 1000} s`)), TO_CONNECT);
  const endless = setTimeout(() => socket.destroy(timedOut(`the mail took more than ${FOR_ALL / 1000} s`)), FOR_ALL);
  signal.addEventListener('abort', stop, { once: true });
  const done = (): void => {
    clearTimeout(slow);
    clearTimeout(endless);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) stop();
      socket
        .once('connect', resolve)
        .once('error', reject)
        .once('close', () => reject(stopped('the connection closed')));
    });
    clearTimeout(slow);
    return { socket, done };
  } catch (fault) {
    done();
    throw fault;
  }
}

const stopped = (message: string): Error => Object.assign(new Error(message), { code: 'ECONNECTION' });
const timedOut = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });
