import { readFile } from 'node:fs/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { Broker } from './broker.ts';

/** Bytes of one message that we take at most: none for us is longer than a line. */
const LONGEST = 256 * 1024;

/** Certificates to trust: those of the system, and those of a file. */
export async function trusted(ca: string | null): Promise<readonly string[] | undefined> {
  return ca === null ? undefined : [...rootCertificates, await readFile(ca, 'utf8')];
}

/** A connection to a broker that is being made. `whole` is to be called for each message that has come whole. */
export function dial(
  { host, port, secure }: Broker,
  ca: readonly string[] | undefined,
): { readonly socket: Socket; readonly whole: () => void } {
  const socket = secure
    ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca: [...ca] }) })
    : connect({ host, port, autoSelectFamily: true });
  socket.setNoDelay(true);
  let unread = 0;
  socket.on('data', (bytes: Buffer) => {
    unread += bytes.length;
    if (unread > LONGEST) socket.destroy(Object.assign(new Error('it sent a message without end'), { code: 'ENDLESS' }));
  });
  return { socket, whole: () => void (unread = 0) };
}
