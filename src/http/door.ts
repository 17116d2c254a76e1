import type { Server } from 'node:http';

import { type Access, type ApiContext, createRouter } from '../api/index.ts';
import { type App, createApp } from './app.ts';
import { plainAddress } from './callers/way.ts';
import { type Face, ownerFace, strangerFace } from './faces.ts';
import { LOOPBACK_NAMES } from './guards/host.ts';
import { listenOnSocket } from './listen-socket.ts';
import { listenOnTcp, type TcpAddress, type TcpOrder } from './listen-tcp.ts';
import type { Metrics } from './metrics/index.ts';
import { closeServer, createLimitedServer } from './server.ts';
import { readWebFiles } from './web/index.ts';

/** Where failures nobody foresaw are written. A pino logger is one. */
export interface DoorLog {
  error(fields: object, message: string): void;
}

export interface DoorOptions {
  readonly keeper: ApiContext['keeper'];
  /** Who may come in. */
  readonly access: Access;
  /** Names this machine is called by, beside 127.0.0.1, localhost and [::1]; without port. */
  readonly hosts?: readonly string[];
  /** Addresses of proxies that are believed what they say of a caller. */
  readonly proxies?: readonly string[];
  readonly log: DoorLog;
  /** Milliseconds between comments in event streams; 15 s unless said otherwise. */
  readonly keepAlive?: number;
  /** What Prometheus reads; left out: nothing is counted. */
  readonly metrics?: Metrics;
  /** Folder of the built dashboard, read when the door opens; it may be missing. Left out: browsers get what programs get. */
  readonly web?: string;
}

export interface Door {
  /** Opens the face for everybody who can say who they are. */
  listenTcp(order: TcpOrder): Promise<TcpAddress>;
  /** Opens the face for the owner of the state: the file's mode guards it. */
  listenSocket(path: string): Promise<void>;
  /** Ends streams, lets requests finish, and is closed within two seconds. */
  close(): Promise<void>;
}

/** Any address at all: not a name of this machine. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const GRACE = 1500;
const KEEP_ALIVE = 15_000;

/** A door to the keeper with two faces; nothing is open until asked. */
export function createDoor(options: DoorOptions): Door {
  const { keeper, access, hosts = [], proxies = [], log, keepAlive = KEEP_ALIVE, metrics = null, web } = options;
  const names = new Set<string>([...LOOPBACK_NAMES, ...hosts.map((name) => name.toLowerCase())]);
  const onFailure = (failure: unknown): void => log.error({ err: failure }, 'answering a request failed');
  const parts = { router: createRouter(), keeper, access, onFailure, keepAlive, metrics };
  const open: { server: Server; app: App }[] = [];
  const serve = (face: Face, hostname?: string): Server => {
    const app = createApp({ ...parts, face });
    const server = createLimitedServer(app.hono, hostname);
    open.push({ server, app });
    return server;
  };
  return {
    async listenTcp(order) {
      if (!WILDCARDS.has(order.host)) names.add(order.host.includes(':') ? `[${order.host}]` : order.host.toLowerCase());
      const files = web === undefined ? null : await readWebFiles(web);
      const known = new Set(proxies.map(plainAddress));
      return listenOnTcp(serve(strangerFace({ access, names, proxies: known, web: files && (() => files) })), order);
    },
    async listenSocket(path) {
      await listenOnSocket(serve(ownerFace, 'localhost'), path);
    },
    async close() {
      metrics?.close();
      for (const { app } of open) app.endAll();
      await Promise.all(open.map(({ server }) => closeServer(server, GRACE)));
    },
  };
}
