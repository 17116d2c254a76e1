import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';

/** One request as it came. */
export interface Recorded {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values as they came, in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * How a request is answered. hang: never. slow: the head never ends, a byte now and then. drip: 200, and a body that never ends, a byte
 * now and then. gigabyte: 200, and a body as fast and as long as anybody reads. reset: the connection is torn. cut: torn within the body.
 * garbage: no HTTP.
 */
export type Manner = Reply | ((request: Recorded) => Reply) | 'hang' | 'slow' | 'drip' | 'gigabyte' | 'reset' | 'cut' | 'garbage';

export interface HttpSink {
  readonly port: number;
  /** "http://127.0.0.1:PORT", without a slash at the end. */
  readonly url: string;
  /** What [alerts] reach must say for it: "127.0.0.1:PORT". */
  readonly reach: string;
  readonly requests: Recorded[];
  /** Connections that were ever accepted. */
  connections(): number;
  /** Bytes of bodies that were written. */
  written(): number;
  /** Connections that are open. */
  open(): number;
  /** From now on; in turn, the last one for good. */
  answerWith(...manners: Manner[]): void;
  stop(): Promise<void>;
}

export interface SinkOptions {
  readonly key?: string;
  readonly cert?: string;
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly minVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly ciphers?: string;
}

/** A receiver on the loopback that keeps what it gets. Answers 200 with an empty JSON object until told otherwise. */
export async function httpSink(tls: SinkOptions | null = null): Promise<HttpSink> {
  const requests: Recorded[] = [];
  const sockets = new Set<Socket>();
  const told = { accepted: 0, written: 0 };
  let manners: Manner[] = [{ status: 200, body: '{}' }];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('error', () => {}).on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const recorded = record(request, Buffer.concat(chunks).toString('utf8'));
      requests.push(recorded);
      const next = manners.length > 1 ? manners.shift()! : manners[0]!;
      reply(response, typeof next === 'function' ? next(recorded) : next, (bytes) => (told.written += bytes));
    });
  };
  const server: Server = tls === null ? createPlain(answer) : createSecure(tls, answer);
  server.on('connection', (socket: Socket) => {
    told.accepted++;
    sockets.add(
      socket
        .unref()
        .on('error', () => {})
        .on('close', () => sockets.delete(socket)),
    );
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // a story that fails ends all the same
  const { port } = server.address() as { port: number };
  return {
    port,
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    reach: `127.0.0.1:${port}`,
    requests,
    connections: () => told.accepted,
    written: () => told.written,
    open: () => sockets.size,
    answerWith: (...next) => void (manners = next),
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const record = (request: IncomingMessage, body: string): Recorded => ({
  method: request.method ?? '',
  path: request.url ?? '',
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  rawHeaders: request.rawHeaders,
  body,
});

function reply(response: ServerResponse, manner: Exclude<Manner, (request: Recorded) => Reply>, wrote: (bytes: number) => void): void {
  const { socket } = response;
  if (typeof manner === 'object') return void response.writeHead(manner.status, manner.headers ?? {}).end(manner.body ?? '');
  if (manner === 'reset') return void socket?.resetAndDestroy();
  if (manner === 'garbage') return void socket?.end('SSH-2.0-OpenSSH_9.2p1\r\n');
  if (manner === 'slow') {
    socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
    return again(response, () => socket?.write('a'));
  }
  if (manner === 'drip') {
    response.writeHead(200).write('{');
    return again(response, () => response.write(' '));
  }
  if (manner === 'cut') {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"ok":', () => socket?.destroy());
    return undefined;
  }
  if (manner === 'gigabyte') return pour(response.writeHead(200), wrote);
  return undefined;
}

function again(response: ServerResponse, write: () => void): void {
  const timer = setInterval(write, 20);
  response.on('close', () => clearInterval(timer));
}

const BLOCK = Buffer.alloc(65_536, 'x');

function pour(response: ServerResponse, wrote: (bytes: number) => void, left = 1 << 30): void {
  if (left <= 0 || response.destroyed) return void response.end();
  wrote(BLOCK.length);
  response.write(BLOCK, () => pour(response, wrote, left - BLOCK.length));
}
