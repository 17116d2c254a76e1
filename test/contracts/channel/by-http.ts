import assert from 'node:assert/strict';
import type { ChannelWorld } from '../../../src/channels/index.ts';
import type { JsonObject } from '../../../src/core/index.ts';
import { type HttpSink, httpSink, type Manner, type Recorded, type Reply } from '../../channels/sinks/http-sink.ts';
import type { Becomes, ChannelScene, Heard, Stage } from '../channel.ts';

/** What a kind that speaks HTTP says of itself. */
export interface HttpScene {
  readonly kind: string;
  /** Options of a channel to a receiver at "http://127.0.0.1:PORT". */
  options(url: string): JsonObject;
  readonly canaries: readonly string[];
  /** How its service says that it took a message. */
  readonly taken: Reply | ((request: Recorded) => Reply);
  /** What the request told, as the service reads it. Throws for what no such service would take. */
  read(request: Recorded): Heard;
  /** What becomes of a message otherwise than usual, by manner; null: not told of this kind. */
  readonly otherwise?: Readonly<Record<string, Becomes | null>>;
  readonly broken: ChannelScene['broken'];
  readonly inert?: ChannelScene['inert'];
  readonly world?: Partial<ChannelWorld>;
}

const MESSAGE: Becomes = { what: 'message', again: false };
const CHANNEL: Becomes = { what: 'channel', again: false };
const LATER: Becomes = { what: 'channel', again: true };

const MANNERS: Readonly<Record<string, readonly [Manner, Becomes]>> = {
  400: [{ status: 400, body: 'no' }, MESSAGE],
  401: [{ status: 401 }, CHANNEL],
  403: [{ status: 403 }, CHANNEL],
  404: [{ status: 404 }, CHANNEL],
  410: [{ status: 410 }, CHANNEL],
  413: [{ status: 413 }, MESSAGE],
  422: [{ status: 422 }, MESSAGE],
  408: [{ status: 408 }, LATER],
  425: [{ status: 425 }, LATER],
  '429 in 7 s': [
    { status: 429, headers: { 'Retry-After': '7' } },
    { what: 'channel', again: true, after: 7000 },
  ],
  '429 without a word': [{ status: 429 }, LATER],
  '503 until a date': [() => ({ status: 503, headers: { 'Retry-After': inAnHour() } }), { what: 'channel', again: true, after: 3_600_000 }],
  500: [{ status: 500, body: '<html>' }, LATER],
  502: [{ status: 502 }, LATER],
  redirect: [{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, CHANNEL],
  'redirect for good': [{ status: 308, headers: { Location: '/elsewhere' } }, CHANNEL],
  hang: ['hang', LATER],
  slow: ['slow', LATER],
  reset: ['reset', LATER],
  garbage: ['garbage', LATER],
};

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toUTCString();

/** The scene of a kind that speaks HTTP, for channelContract. */
export function byHttp(scene: HttpScene): ChannelScene {
  const { otherwise = {}, kind, canaries, broken, inert, world } = scene;
  const taken: Manner = scene.taken;
  const manners: Record<string, readonly [Manner, Becomes]> = { ...MANNERS };
  const usual = Object.entries(manners).map(([name, [, becomes]]): [string, Becomes | null] => [name, becomes]);
  const refusals = Object.fromEntries([...usual, ...Object.entries(otherwise)].filter(([, becomes]) => becomes !== null)) as Record<
    string,
    Becomes
  >;
  // A service that repeats what it was sent must not make us tell it.
  const echo = (request: Recorded): Reply => ({
    status: 400,
    body: `you sent ${request.path} ${JSON.stringify(request.headers)} ${request.body}`,
  });
  return {
    kind,
    canaries,
    broken,
    hangs: true,
    refusals: {
      ...refusals,
      echo: otherwise['400'] ?? MESSAGE,
      gigabyte: 'delivered',
      drip: 'delivered',
      cut: 'delivered',
      ...otherwiseOf(otherwise),
    },
    ...(inert && { inert }),
    async set(): Promise<Stage> {
      const sink = await httpSink();
      sink.answerWith(taken);
      return {
        options: scene.options(sink.url),
        world: { ...world, reach: [sink.reach] },
        heard: () => sink.requests.filter(({ method }) => method !== 'GET').map(scene.read), // a question tells nobody anything
        behave: (name) => sink.answerWith(name === 'echo' ? echo : (manners[name]?.[0] ?? (name as Manner))),
        open: sink.open,
        stop: async () => {
          bounded(sink);
          await sink.stop();
        },
      };
    },
  };
}

const otherwiseOf = (otherwise: Readonly<Record<string, Becomes | null>>): Record<string, Becomes> =>
  Object.fromEntries(Object.entries(otherwise).filter(([name, becomes]) => becomes !== null && !(name in MANNERS))) as Record<
    string,
    Becomes
  >;

/** Of a gigabyte no more was taken than fits into sockets; and what sends on was not followed. */
function bounded(sink: HttpSink): void {
  assert.ok(sink.written() < 64 * 1024 * 1024, `${sink.written()} bytes were taken`);
  assert.ok(!sink.requests.some(({ path }) => path === '/elsewhere'), 'a redirect was followed');
}

/** The headers that a request had, as names: part of the shape that a hostile text must not change. */
export const headerNames = ({ rawHeaders }: Recorded): string[] =>
  rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());

/** Every text inside a JSON value, and every path to one. */
export function jsonTexts(value: unknown, path = ''): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => jsonTexts(one, `${path}.${key}`));
}
