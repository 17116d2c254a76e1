import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../core/index.ts';

export interface TcpOrder {
  /** Address to listen on; 127.0.0.1 unless the owner decided otherwise. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** The owner accepts that the token crosses the network unencrypted. */
  readonly insecureHttp?: boolean;
}

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** Starts listening. Fault refused for an address others can reach, unavailable when the port cannot be had. */
export async function listenOnTcp(server: Server, { host, port, insecureHttp = false }: TcpOrder): Promise<TcpAddress> {
  if (!isLoopback(host) && !insecureHttp)
    throw new Fault(
      'refused',
      `listening on ${host}:${port}: others can reach it, and the token would cross the network unencrypted`,
      'listen on 127.0.0.1, and put a proxy with TLS in front where others need it',
    );
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (failure) {
    throw portFault(failure, host, port);
  }
  const bound = (server.address() as AddressInfo).port;
  return { host, port: bound, url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

const CAUSES: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EADDRINUSE: ['the port is taken', 'stop the program that holds it, or choose another port'],
  EACCES: ['this user may not take the port', 'choose a port above 1023'],
  EADDRNOTAVAIL: ['this machine has no such address', 'choose an address of this machine, like 127.0.0.1'],
  ENOTFOUND: ['no address goes by that name', 'choose an address of this machine, like 127.0.0.1'],
};

function portFault(failure: unknown, host: string, port: number): unknown {
  const [reason, remedy] = CAUSES[(failure as NodeJS.ErrnoException).code ?? ''] ?? [];
  return reason === undefined ? failure : new Fault('unavailable', `listening on ${host}:${port}: ${reason}`, remedy);
}
