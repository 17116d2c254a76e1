import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RollcallClient } from '../../src/contract/index.ts';
import { createDoor, type Door, type DoorOptions } from '../../src/http/index.ts';
import { callerWith, fakeAccess } from './fake-access.ts';

export const TOKEN = 'secret-of-the-test';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly json: any;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Without the token. */
  readonly bare?: boolean;
}

export interface OpenDoor extends AsyncDisposable {
  readonly door: Door;
  readonly url: string;
  readonly port: number;
  readonly socket: string;
  /** What nobody foresaw, as logged. */
  readonly failures: object[];
  /** Asks over TCP, with the token. */
  ask(path: string, ask?: Ask): Promise<Reply>;
  /** The bytes of a file, over TCP, with the token. */
  bytes(path: string): Promise<Uint8Array>;
  /** Asks over the unix socket. */
  askSocket(path: string, ask?: Ask): Promise<Reply>;
  /** An oRPC client over the unix socket. */
  readonly client: RollcallClient;
}

/** A door on a free port of 127.0.0.1 and on a socket in a directory of its own. */
export async function openDoor(options: Pick<DoorOptions, 'keeper'> & Partial<DoorOptions>): Promise<OpenDoor> {
  const failures: object[] = [];
  const home = await mkdtemp(join(tmpdir(), 'rollcall-door-'));
  const socket = join(home, 'run', 'rollcall.sock');
  const door = createDoor({
    access: fakeAccess({ [TOKEN]: callerWith() }),
    log: { error: (fields) => void failures.push(fields), warn: () => {}, info: () => {} },
    ...options,
  });
  const { url, port } = await door.listenTcp({ host: '127.0.0.1', port: 0 });
  await door.listenSocket(socket);
  return {
    door,
    url,
    port,
    socket,
    failures,
    client: socketClient(socket),
    bytes: async (path) => Buffer.concat(await (await send({ host: '127.0.0.1', port }, path, {})).toArray()),
    ask: (path, ask = {}) => askOver({ host: '127.0.0.1', port }, path, ask),
    askSocket: (path, ask = {}) => askOver({ socketPath: socket }, path, ask),
    async [Symbol.asyncDispose]() {
      await door.close();
      await rm(home, { recursive: true });
    },
  };
}

type Where = { readonly host: string; readonly port: number } | { readonly socketPath: string };

/** One request on a connection of its own, with full say over its headers. */
export function send(where: Where, path: string, { method = 'GET', headers = {}, body, bare = false }: Ask): Promise<IncomingMessage> {
  const own = bare ? {} : { authorization: `Bearer ${TOKEN}` };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = request({ ...where, path, method, agent: false, headers: { ...own, ...headers } }, resolve);
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

async function askOver(where: Where, path: string, ask: Ask): Promise<Reply> {
  const incoming = await send(where, path, ask);
  const text = Buffer.concat(await incoming.toArray()).toString();
  const json: any = incoming.headers['content-type'] === 'application/json' && text !== '' ? JSON.parse(text) : undefined;
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json };
}

/** The client a command of the CLI has. */
export function socketClient(socketPath: string): RollcallClient {
  return createORPCClient(new RPCLink({ url: 'http://rollcall/rpc', fetch: (asked) => fetchOverSocket(socketPath, asked) }));
}

async function fetchOverSocket(socketPath: string, asked: Request): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = Object.fromEntries(asked.headers);
  const outgoing = request(
    { socketPath, path: new URL(asked.url).pathname, method: asked.method, headers, agent: false, signal: asked.signal },
    resolve,
  );
  outgoing.on('error', reject);
  outgoing.end(Buffer.from(await asked.arrayBuffer()));
  const incoming = await promise;
  return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers as Record<string, string>,
  });
}
