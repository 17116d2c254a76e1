import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { RollcallRouter } from '../api/index.ts';
import { API_PATH } from '../contract/index.ts';
import { type AskingParts, createAsking } from './asking.ts';
import type { Standing } from './callers/caller.ts';
import type { Line, Way } from './callers/way.ts';
import { createDialects } from './codecs.ts';
import type { Dialect } from './exchange.ts';
import type { Face } from './faces.ts';
import { judgeScope } from './guards/scope.ts';
import { ONLY_ENCRYPTED, SAFE_HEADERS } from './headers.ts';
import { METRICS_PATH, type Metrics } from './metrics/index.ts';
import { OPENAPI_PATH, openApiDocument } from './openapi.ts';
import { INTERNAL, type Refusal, refuse } from './refusal.ts';
import { HEALTH_PATH, unmatched } from './unmatched.ts';
import { pageFor } from './web/index.ts';

export interface AppParts extends Omit<AskingParts, 'local'> {
  readonly router: RollcallRouter;
  /** Who comes, and how that is judged. */
  readonly face: Face;
  /** null: nobody counts. */
  readonly metrics: Metrics | null;
}

/** What is known of a request once it passed the judges. */
interface Env {
  readonly Bindings: HttpBindings;
  Variables: { way: Way; standing: Standing };
}

export type DoorHono = Hono<Env>;

export interface App {
  readonly hono: DoorHono;
  /** Ends every stream and request under way. */
  readonly endAll: () => void;
}

/** Every path of one face of the door, from `/` to the last refusal. Judged in this order: way, caller, scope, body. */
export function createApp(parts: AppParts): App {
  const { keeper, face, onFailure, metrics } = parts;
  const { local } = face;
  const asking = createAsking({ ...parts, local });
  const { rest, rpc } = createDialects({ ...parts, local });
  const document = onceKept(() => openApiDocument(keeper.status().version, local));
  const ask = async (c: Context<Env>, dialect: Dialect, path = pathOf(c)): Promise<Response> =>
    (await asking.ask({ request: c.req.raw, path, way: c.get('way'), standing: c.get('standing') }, dialect)) ?? c.notFound();
  const forReaders = (c: Context<Env>): Refusal | undefined => judgeScope(c.get('standing'), { scope: 'read' });

  const hono = new Hono<Env>();
  admit(hono, face);
  hono.get(HEALTH_PATH, (c) => c.json({ status: keeper.status().troubles.length === 0 ? 'ok' : 'troubled' }));
  if (metrics)
    hono.get(METRICS_PATH, async (c) => refused(forReaders(c)) ?? c.body(await metrics.text(), 200, { 'content-type': metrics.type }));
  hono.get(OPENAPI_PATH, async (c) => refused(forReaders(c)) ?? c.json(await document()));
  hono.get('/', (c) => ask(c, rest, `${API_PATH}/roll`));
  hono.all(`${API_PATH}/*`, (c) => ask(c, rest));
  hono.post('/rpc/*', (c) => ask(c, rpc));
  hono.notFound(async (c) => {
    const path = pathOf(c);
    const known = path === HEALTH_PATH ? undefined : forReaders(c);
    return refuse(known?.status === 401 ? known : await unmatched(c.req.method, path, rest.matcher));
  });
  hono.onError((failure) => {
    onFailure(failure);
    return refuse(INTERNAL);
  });
  return { hono, endAll: () => asking.endAll() };
}

/** Everything before a path is looked at; only the dashboard's own files are given to whoever came a lawful way. */
function admit(hono: DoorHono, face: Face): void {
  hono.use(async (c, next) => {
    await next();
    // A page says its own.
    if (!c.res.headers.has('content-security-policy'))
      for (const [name, value] of Object.entries(SAFE_HEADERS)) c.res.headers.set(name, value);
    // Only our own encryption is ours to promise; a proxy says so itself.
    if (lineOf(c).encrypted) c.res.headers.set(...ONLY_ENCRYPTED);
  });
  hono.use(async (c, next) => {
    const way = face.wayOf(c.req.raw.headers, lineOf(c));
    c.set('way', way);
    return refused(face.judgeWay(c.req.raw, way)) ?? next();
  });
  const { web, elsewhere } = face;
  if (elsewhere) hono.use(async (c, next) => (await elsewhere({ request: c.req.raw, path: pathOf(c), way: c.get('way') })) ?? next());
  if (web) hono.use(async (c, next) => pageFor(c.req.raw, pathOf(c), web()) ?? next());
  hono.use(async (c, next) => {
    const standing = face.standingOf(c.req.raw, c.get('way'));
    if ('status' in standing) return refuse(standing);
    c.set('standing', standing);
    return next();
  });
}

const pathOf = (c: Context): string => new URL(c.req.url).pathname;

const refused = (refusal: Refusal | undefined): Response | undefined => (refusal ? refuse(refusal) : undefined);

function lineOf(c: Context<Env>): Line {
  const { socket } = c.env.incoming;
  return { remote: socket.remoteAddress ?? '', encrypted: 'encrypted' in socket && socket.encrypted === true };
}

function onceKept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
