import { readFile } from 'node:fs/promises';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { unreadWords } from '../../core/index.ts';
import { trusting } from '../exchange/trust.ts';
import type { Broker } from './broker.ts';

/** Bytes of one message that we take at most: none for us is longer than a line. */
const LONGEST = 256 * 1024;

export interface DialOrder {
  readonly broker: Broker;
  /** Certificates (PEM) to trust beside those of the system; null: none. */
  readonly ca: string | null;
  /** The only addresses that may be connected to; left out: whatever the system finds. */
  readonly addresses?: readonly string[];
}

/** The content of a file of certificates. Rejects with what is wrong with it, for people. */
export async function certificatesIn(path: string | null): Promise<string | null> {
  if (path === null) return null;
  return readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new Error(`reading the certificates of ${path}: ${unreadWords(thrown)}`);
  });
}

/** A connection to a broker that is being made. `whole` is to be called for each message that has come whole. */
export function dial({ broker: { host, port, secure }, ca, addresses }: DialOrder): {
  readonly socket: Socket;
  readonly whole: () => void;
} {
  const to = { host, port, autoSelectFamily: true, ...(addresses && { lookup: pinned(addresses) }) };
  const socket = secure
    ? connectTls({ ...to, minVersion: 'TLSv1.2', ...(isIP(host) === 0 && { servername: host }), ...(ca !== null && { ca: trusting(ca) }) })
    : connect(to);
  socket.setNoDelay(true);
  let unread = 0;
  socket.on('data', (bytes: Buffer) => {
    unread += bytes.length;
    if (unread > LONGEST) socket.destroy(Object.assign(new Error('it sent a message without end'), { code: 'ENDLESS' }));
  });
  return { socket, whole: () => void (unread = 0) };
}

/** What was judged is what is connected to. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, options, done) => {
    const [first] = all;
    if (options.all || first === undefined) done(null, all);
    else done(null, first.address, first.family);
  };
}
