import { connect } from 'node:net';
import type { HostQuestion } from './ask-by-udp.ts';

/** Longest answer that is waited for; a longer one is none. */
const LARGEST = 4096;

/** As {@link askByUdp}, by a connection: packets go with their length before them (RFC 1035, 4.2.2). */
export function askByTcp<T>({ address, port, bytes, read, timeout, signal }: HostQuestion<T>): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  const { promise, resolve } = Promise.withResolvers<T | null>();
  const giveUp = (): void => resolve(null);
  const socket = connect({ host: address, port });
  const timer = setTimeout(giveUp, timeout);
  let heard: Buffer = Buffer.alloc(0);
  socket.on('error', giveUp);
  socket.on('close', giveUp);
  socket.on('connect', () => socket.write(Buffer.concat([lengthOf(bytes), bytes])));
  socket.on('data', (part: Buffer) => {
    heard = Buffer.concat([heard, part]);
    const length = heard.length < 2 ? 0 : heard.readUInt16BE(0);
    if (length > LARGEST) return giveUp();
    if (heard.length >= 2 + length && heard.length > 2) resolve(read(heard.subarray(2, 2 + length)));
  });
  signal.addEventListener('abort', giveUp, { once: true });
  return promise.finally(() => {
    signal.removeEventListener('abort', giveUp);
    clearTimeout(timer);
    socket.destroy();
  });
}

function lengthOf({ length }: Uint8Array): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(length);
  return bytes;
}
