import { type Context, Hono } from 'hono';
import type { ApiContext, RollcallRouter } from '../api/index.ts';
import { API_PATH } from '../contract/index.ts';
import { OWNER } from '../core/index.ts';
import { createDialects } from './codecs.ts';
import { type Dialect, Exchange } from './exchange.ts';
import { SAFE_HEADERS } from './headers.ts';
import { METRICS_PATH, type Metrics } from './metrics/index.ts';
import { OPENAPI_PATH, openApiDocument } from './openapi.ts';
import { INTERNAL, notFound, type Refusal, refuse, wrongMethod } from './refusal.ts';
import { UploadGate } from './upload-gate.ts';
import { pageFor, type WebFiles } from './web/index.ts';
import { REST_WIRE, RPC_WIRE } from './wire.ts';

export interface AppParts {
  readonly router: RollcallRouter;
  readonly keeper: ApiContext['keeper'];
  readonly access: ApiContext['access'];
  /** The caller owns the machine: everything may be asked. */
  readonly local: boolean;
  /** Whom the request may come from at all, judged before anything else. */
  readonly judgeWay: (request: Request) => Refusal | undefined;
  /** Who asks and what is brought, judged before anything but the dashboard's own files is given. */
  readonly judge: (request: Request, path: string) => Refusal | undefined;
  /** Files of the dashboard; null: this face has none. */
  readonly web: (() => WebFiles) | null;
  readonly onFailure: (failure: unknown) => void;
  /** Milliseconds between comments in event streams. */
  readonly keepAlive: number;
  /** null: nobody counts. */
  readonly metrics: Metrics | null;
}

export interface App {
  readonly hono: Hono;
  /** Ends every stream and request under way. */
  readonly endAll: () => void;
}

/** Every path of one face of the door, from `/` to the last refusal. */
export function createApp(parts: AppParts): App {
  const { keeper, access, local, judgeWay, judge, web, onFailure, metrics } = parts;
  const exchange = new Exchange({
    ...parts,
    context: { keeper, access, caller: local ? OWNER : { ...OWNER, name: 'local', proof: 'token' }, local },
  });
  const { rest, restMatcher, rpc } = createDialects(parts);
  const uploads = new UploadGate();
  const document = onceKept(() => openApiDocument(keeper.status().version, local));
  const ask = async (c: Context, dialect: Dialect, path = pathOf(c)): Promise<Response> =>
    (await uploads.pass(c.req.raw, () => exchange.answer(c.req.raw, path, dialect))) ?? c.notFound();

  const hono = new Hono();
  hono.use(async (c, next) => {
    await next();
    // A page says its own.
    if (!c.res.headers.has('content-security-policy'))
      for (const [name, value] of Object.entries(SAFE_HEADERS)) c.res.headers.set(name, value);
  });
  hono.use(async (c, next) => {
    const refusal = judgeWay(c.req.raw);
    return refusal ? refuse(refusal) : next();
  });
  if (web) hono.use(async (c, next) => pageFor(c.req.raw, pathOf(c), web()) ?? next());
  hono.use(async (c, next) => {
    const refusal = judge(c.req.raw, pathOf(c));
    return refusal ? refuse(refusal) : next();
  });
  hono.get('/healthz', (c) => c.json({ status: keeper.status().troubles.length === 0 ? 'ok' : 'troubled' }));
  if (metrics) hono.get(METRICS_PATH, async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.type }));
  hono.get(OPENAPI_PATH, async (c) => c.json(await document()));
  hono.get('/', (c) => ask(c, { handler: rest, wire: REST_WIRE }, `${API_PATH}/roll`));
  hono.all(`${API_PATH}/*`, (c) => ask(c, { handler: rest, wire: REST_WIRE }));
  hono.post('/rpc/*', (c) => ask(c, { handler: rpc, wire: RPC_WIRE, prefix: '/rpc' }));
  hono.notFound(async (c) => refuse(await unmatched(c.req.method, pathOf(c), restMatcher)));
  hono.onError((failure) => {
    onFailure(failure);
    return refuse(INTERNAL);
  });
  return { hono, endAll: () => exchange.endAll() };
}

const pathOf = (c: Context): string => new URL(c.req.url).pathname;

function onceKept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

type Matcher = { match(method: string, path: `/${string}`): Promise<unknown> };

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];
const READ_ONLY: ReadonlySet<string> = new Set(['/', '/healthz', METRICS_PATH, OPENAPI_PATH]);

/** Why nothing answered: no such path, or the path takes other methods. */
async function unmatched(method: string, path: string, rest: Matcher): Promise<Refusal> {
  const allowed = await allowedMethods(path, rest);
  return allowed.length === 0 || allowed.includes(method) ? notFound(path) : wrongMethod(method, allowed);
}

async function allowedMethods(path: string, rest: Matcher): Promise<string[]> {
  if (READ_ONLY.has(path)) return ['GET', 'HEAD'];
  if (path.startsWith('/rpc/')) return ['POST'];
  const matches = await Promise.all(METHODS.map((method) => rest.match(method, path as `/${string}`)));
  return METHODS.filter((_, i) => matches[i] !== undefined);
}
