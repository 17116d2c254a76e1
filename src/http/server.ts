import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { DoorHono } from './app.ts';
import { SAFE_HEADERS } from './headers.ts';
import { MALFORMED, type Refusal, refusalBody, refuse } from './refusal.ts';
import { OLDEST_TLS, type Pair } from './tls/index.ts';

const KIB = 1024;

/** Slow, large or endless requests end here (S26): times in milliseconds, sizes in bytes. */
const LIMITS = {
  headersTimeout: 10_000,
  // A report of 256 MB over a slow line.
  requestTimeout: 120_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 16 * KIB,
  // Judged by ourselves, so that this refusal too has our headers.
  requireHostHeader: false,
} as const;

const MOST_CONNECTIONS = 1024;
const MOST_HEADERS = 100;

/** Milliseconds until both sides agree on how to encrypt. */
const HANDSHAKE = 10_000;

export type LimitedServer = Server | TlsServer;

/** How a server for one face differs. */
export interface Facing {
  /** Stands in for a missing Host. */
  readonly hostname?: string;
  /** null: HTTP in the clear. */
  readonly pair?: Pair | null;
}

/** An HTTP or HTTPS server for one face of the door, not yet listening. */
export function createLimitedServer(hono: Pick<DoorHono, 'fetch'>, { hostname, pair = null }: Facing = {}): LimitedServer {
  const listener = getRequestListener(hono.fetch, {
    ...(hostname === undefined ? {} : { hostname }),
    overrideGlobalObjects: false,
    errorHandler: () => closing(refuse(MALFORMED)),
  });
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    void (isOurs(incoming.url) ? listener(incoming, outgoing) : turnAway(outgoing));
  const server = pair ? tlsServer(pair, answer) : createServer(LIMITS, answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  server.on('checkExpectation', answer);
  server.on('clientError', refuseRaw);
  return server;
}

/** What OpenSSL is to work with. */
const contextOf = ({ cert, key }: Pair): { cert: string; key: string; minVersion: typeof OLDEST_TLS } => ({
  cert,
  key,
  minVersion: OLDEST_TLS,
});

function tlsServer(pair: Pair, answer: RequestListener): TlsServer {
  const server = createTlsServer({ ...LIMITS, ...contextOf(pair), handshakeTimeout: HANDSHAKE }, answer);
  // Node would answer in HTTP who never came as far as that: someone who speaks no TLS, or one that is too old.
  server.removeAllListeners('tlsClientError');
  server.on('tlsClientError', (_, socket) => socket.destroy());
  return server;
}

/** Connections that stand go on as they are; new ones get the new certificate. */
export function changePair(server: LimitedServer, pair: Pair): void {
  if ('setSecureContext' in server) server.setSecureContext(contextOf(pair));
}

/** A path. Whoever sends a whole address takes us for a proxy, and may name another host in it than in its Host. */
const isOurs = (target = ''): boolean => target.startsWith('/');

/** Nothing behind such a request is believed: it ends the connection. */
const CLOSING = { ...SAFE_HEADERS, connection: 'close' };

function turnAway(outgoing: ServerResponse): void {
  outgoing.writeHead(MALFORMED.status, { ...CLOSING, 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(refusalBody(MALFORMED)));
}

function closing(response: Response): Response {
  for (const [name, value] of Object.entries(CLOSING)) response.headers.set(name, value);
  return response;
}

const RAW: Readonly<Record<string, Partial<Refusal>>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'too-large', message: 'reading the request: its headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'too-slow', message: 'reading the request: it did not arrive in time' },
};

const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

/** Answers bytes that never became a request; Node would do so without our headers. */
function refuseRaw(failure: Error & { code?: string }, socket: Socket & { _httpMessage?: ServerResponse }): void {
  if (failure.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const refusal = { ...MALFORMED, ...RAW[failure.code ?? ''] };
  const body = JSON.stringify(refusalBody(refusal));
  const headers = {
    ...CLOSING,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${refusal.status} ${REASONS[refusal.status] ?? 'Bad Request'}\r\n${lines.join('')}\r\n${body}`);
}

/** Stops taking connections, waits for those under way, and after `grace` milliseconds cuts what is left. */
export async function closeServer(server: LimitedServer, grace: number): Promise<void> {
  if (!server.listening) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), grace);
  await promise;
  clearTimeout(cut);
}
