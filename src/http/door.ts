import { type Access, type ApiContext, createRouter } from '../api/index.ts';
import { type App, createApp } from './app.ts';
import { plainAddress } from './callers/way.ts';
import { type Face, ownerFace, strangerFace } from './faces.ts';
import { listenOnSocket } from './listen-socket.ts';
import { judgeListening, listenOnTcp, type TcpAddress, type TcpOrder, turnAwayPlain } from './listen-tcp.ts';
import type { Metrics } from './metrics/index.ts';
import { createElsewhere, type OidcOptions } from './oidc/index.ts';
import { ownNames } from './own-names.ts';
import { sharePlaces } from './places.ts';
import { changePair, closeServer, createLimitedServer, type Facing, type LimitedServer } from './server.ts';
import { type FreshPair, keepFresh, type Pair, type PairFiles, readPair, type TlsLog, tellDoubts } from './tls/index.ts';
import { readWebFiles } from './web/index.ts';

/** Where failures nobody foresaw are written, and what becomes of certificates. A pino logger is one. */
export type DoorLog = TlsLog;

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
  /** Milliseconds between looks at the files of the certificate; 5 s unless said otherwise. */
  readonly lookAtPair?: number;
  /** What Prometheus reads; left out: nothing is counted. */
  readonly metrics?: Metrics;
  /** Folder of the built dashboard, read when the door opens; it may be missing. Left out: browsers get what programs get. */
  readonly web?: string;
  /** The identity provider people may sign in at; left out: none. */
  readonly oidc?: OidcOptions;
}

export interface Door {
  /**
   * Opens the face for everybody who can say who they are. Fault refused for an address that must not be listened on as things are,
   * bad-input for a certificate that cannot be used, unavailable when the port cannot be had.
   */
  listenTcp(order: TcpOrder): Promise<TcpAddress>;
  /** Opens the face for the owner of the state: the file's mode guards it. */
  listenSocket(path: string): Promise<void>;
  /** Reads the certificate again; one that cannot be used is told in the log, and the old one stays. */
  rereadPair(): Promise<void>;
  /** Ends streams, lets requests finish, and is closed within two seconds. */
  close(): Promise<void>;
}

const GRACE = 1500;
const KEEP_ALIVE = 15_000;
const LOOK_AT_PAIR = 5000;

/** A door to the keeper with two faces; nothing is open until asked. */
export function createDoor(options: DoorOptions): Door {
  const {
    keeper,
    access,
    hosts = [],
    proxies = [],
    log,
    keepAlive = KEEP_ALIVE,
    metrics = null,
    web,
    lookAtPair = LOOK_AT_PAIR,
    oidc,
  } = options;
  const known = new Set(proxies.map(plainAddress));
  const onFailure = (failure: unknown): void => log.error({ err: failure }, 'answering a request failed');
  const parts = { router: createRouter(), keeper, access, onFailure, keepAlive, metrics };
  const open: { server: LimitedServer; app: App }[] = [];
  const fresh: FreshPair[] = [];
  const serve = (face: Face, facing: Facing): LimitedServer => {
    const app = createApp({ ...parts, face });
    const server = createLimitedServer(app.hono, facing);
    sharePlaces(server, known);
    open.push({ server, app });
    return server;
  };
  const pagesOf = async (): Promise<Face['web']> => {
    const files = web === undefined ? null : await readWebFiles(web);
    return files && (() => files);
  };
  const follow = async (server: LimitedServer, files: PairFiles, pair: Pair): Promise<void> => {
    tellDoubts(pair, log);
    fresh.push(await keepFresh({ files, log, every: lookAtPair, use: (next) => changePair(server, next) }));
  };
  return {
    async listenTcp(order) {
      const files = pairIn(order);
      judgeListening(order, { setUp: access.isSetUp(), encrypted: files !== null, proxied: proxies.length > 0 });
      const pair = files && (await readPair(files, Date.now()));
      const elsewhere = oidc ? createElsewhere({ ...oidc, access, now: () => performance.now() }) : null;
      const names = ownNames(order.host, hosts);
      const server = serve(strangerFace({ access, names, proxies: known, web: await pagesOf(), elsewhere }), { pair });
      if (!pair) turnAwayPlain(server, known);
      const address = await listenOnTcp(server, order, pair ? 'https' : 'http');
      if (files && pair) await follow(server, files, pair);
      return address;
    },
    async listenSocket(path) {
      await listenOnSocket(serve(ownerFace, { hostname: 'localhost' }), path);
    },
    async rereadPair() {
      for (const one of fresh) await one.reread();
    },
    async close() {
      metrics?.close();
      for (const one of fresh) one.stop();
      for (const { app } of open) app.endAll();
      await Promise.all(open.map(({ server }) => closeServer(server, GRACE)));
    },
  };
}

/** null: neither is named. The config says so if one is missing. */
const pairIn = ({ cert, key }: TcpOrder): PairFiles | null => (cert && key ? { cert, key } : null);
