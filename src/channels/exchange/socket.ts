import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { trusting } from './trust.ts';
import type { Way } from './where-to.ts';

export interface SocketOrder {
  readonly way: Way;
  readonly host: string;
  readonly port: number;
  /** null: in the clear. */
  readonly tls: { readonly ca: string | null } | null;
  readonly signal: AbortSignal;
}

/** What was judged is what is connected to, whatever the name means by then. */
export function pinned({ addresses }: Way): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = all as [{ address: string; family: number }];
  return (_, options, done) => (options.all ? done(null, all) : done(null, first.address, first.family));
}

/** An open connection, over TLS proven where that is asked for. Destroyed when the signal stops; rejects with what went wrong. */
export function openSocket({ way, host, port, tls, signal }: SocketOrder): Promise<Socket | TLSSocket> {
  const plain = connect({ host, port, lookup: pinned(way), autoSelectFamily: true });
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const trust = tls === null || tls.ca === null ? {} : { ca: trusting(tls.ca) };
  const socket =
    tls === null ? plain : connectTls({ socket: plain, host, ...servername, ...trust, minVersion: 'TLSv1.2', rejectUnauthorized: true });
  const stop = (): void => {
    socket.destroy(Object.assign(new Error('stopped'), { code: 'ABORT_ERR' }));
    plain.destroy();
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    socket.once(tls === null ? 'connect' : 'secureConnect', () => resolve(socket));
    socket.on('error', reject);
    plain.on('error', reject);
    socket.on('close', () => {
      signal.removeEventListener('abort', stop);
      reject(Object.assign(new Error('the connection closed'), { code: 'ECONNRESET' }));
    });
  });
}
