import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { Fault, isLoopback } from '../core/index.ts';
import { plainAddress } from './callers/way.ts';
import { nearest } from './own-names.ts';
import type { LimitedServer } from './server.ts';

export interface TcpOrder {
  /** Address to listen on; 127.0.0.1 unless the owner decided otherwise. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Absolute paths of a certificate with its chain and of its key (PEM): with both it is HTTPS, with neither HTTP. */
  readonly cert?: string | null;
  readonly key?: string | null;
}

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  /** Where this machine itself reaches it. */
  readonly url: string;
}

/** What decides whether others may reach us. */
export interface Protection {
  /** Somebody has an account. */
  readonly setUp: boolean;
  readonly encrypted: boolean;
  /** Proxies are named, so that one of them encrypts. */
  readonly proxied: boolean;
}

/** Fault refused for an address that others can reach, unless nobody comes in without an account, and nothing crosses the network in the clear. */
export function judgeListening({ host, port }: TcpOrder, { setUp, encrypted, proxied }: Protection): void {
  if (isLoopback(host)) return;
  const refuse = (reason: string, remedy: string): Fault =>
    new Fault('refused', `listening on ${placeText(host, port)}: ${reason}`, remedy);
  if (!encrypted && !proxied)
    throw refuse(
      'others can reach it, and what they type would cross the network unencrypted',
      'add cert and key under [http] for TLS, or the address of the proxy that has it to http.proxies, or listen on 127.0.0.1',
    );
  if (!setUp)
    throw refuse(
      'others can reach it, and nobody has an account yet',
      'make the first one on this machine: rollcall user add NAME --role admin; or listen on 127.0.0.1',
    );
}

/**
 * Whether somebody may speak to us in the clear: this machine, and the proxies that encrypt for everybody else. Whoever goes past
 * these is not even listened to, so that no password is lost by a mistyped address.
 */
export function maySpeakPlainly(remote: string | undefined, proxies: ReadonlySet<string>): boolean {
  const address = plainAddress(remote ?? '');
  return isLoopback(address) || proxies.has(address);
}

export function turnAwayPlain(server: LimitedServer, proxies: ReadonlySet<string>): void {
  server.on('connection', (socket: Socket) => {
    if (!maySpeakPlainly(socket.remoteAddress, proxies)) socket.destroy();
  });
}

/** Starts listening. Fault unavailable when the port cannot be had. */
export async function listenOnTcp(server: LimitedServer, { host, port }: TcpOrder, scheme: 'http' | 'https'): Promise<TcpAddress> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (failure) {
    throw portFault(failure, host, port);
  }
  const bound = (server.address() as AddressInfo).port;
  return { host, port: bound, url: `${scheme}://${placeText(nearest(host), bound)}` };
}

const placeText = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

const CAUSES: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EADDRINUSE: ['the port is taken', 'stop the program that holds it, or choose another port'],
  EACCES: ['this user may not take the port', 'choose a port above 1023'],
  EADDRNOTAVAIL: ['this machine has no such address', 'choose an address of this machine, like 127.0.0.1'],
  ENOTFOUND: ['no address goes by that name', 'choose an address of this machine, like 127.0.0.1'],
};

function portFault(failure: unknown, host: string, port: number): unknown {
  const [reason, remedy] = CAUSES[(failure as NodeJS.ErrnoException).code ?? ''] ?? [];
  return reason === undefined ? failure : new Fault('unavailable', `listening on ${placeText(host, port)}: ${reason}`, remedy);
}
