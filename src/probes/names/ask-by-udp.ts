import { createSocket } from 'node:dgram';
import type { Millis, StopSignal } from '../../core/index.ts';

/** One question to one host. `read`: what the packet says; null when it is no answer to this question. */
export interface HostQuestion<T> {
  /** With its zone where it needs one ("fe80::1%eth0"). */
  readonly address: string;
  readonly port: number;
  readonly bytes: Uint8Array;
  readonly read: (packet: Uint8Array) => T | null;
  /** For everything, the second try included. */
  readonly timeout: Millis;
  readonly signal: StopSignal;
}

/** Who sends more packets than these that answer nothing is not listened to any longer. */
const MOST_PACKETS = 16;

/**
 * Asks, and asks again half way. null: silence, for whatever reason. The socket is connected: the kernel drops what others
 * than the host asked send, picks a port nobody can foresee, and tells at once when nobody listens there.
 */
export function askByUdp<T>(question: HostQuestion<T>): Promise<T | null> {
  const { address, port, bytes, read, timeout, signal } = question;
  if (signal.aborted) return Promise.resolve(null);
  const { promise, resolve } = Promise.withResolvers<T | null>();
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const giveUp = (): void => resolve(null);
  const send = (): void => socket.send(bytes, (fault) => fault && giveUp());
  const timers = [setTimeout(giveUp, timeout)];
  let packets = 0;
  socket.on('error', giveUp);
  socket.on('message', (packet) => {
    const answer = read(packet);
    if (answer !== null) resolve(answer);
    else if (++packets >= MOST_PACKETS) giveUp();
  });
  socket.connect(port, address, (fault?: Error) => {
    if (fault) return giveUp();
    // Whom we ask is on this link; a question must not get beyond it.
    socket.setTTL(1);
    send();
    timers.push(setTimeout(send, timeout / 2));
  });
  signal.addEventListener('abort', giveUp, { once: true });
  return promise.finally(() => {
    signal.removeEventListener('abort', giveUp);
    timers.forEach(clearTimeout);
    socket.close();
  });
}
