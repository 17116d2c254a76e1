import type { StandardHandler, StandardMatcher } from '@orpc/server/standard';

import type { Access, ApiContext } from '../api/index.ts';
import type { Caller } from '../core/index.ts';
import { eventStream } from './event-stream.ts';
import { isLong, jsonBytes } from './json-bytes.ts';
import { readBody } from './request-body.ts';
import type { Wire } from './wire.ts';

export interface ExchangeParts {
  readonly access: Pick<Access, 'stands' | 'onLoss'>;
  readonly onFailure: (failure: unknown) => void;
  /** Milliseconds between comments in event streams. */
  readonly keepAlive: number;
}

type StandardRequest = Parameters<StandardHandler<ApiContext>['handle']>[0];
type StandardAnswer = NonNullable<Awaited<ReturnType<StandardHandler<ApiContext>['handle']>>['response']>;

/** Carries requests to a dialect of the contract and its answers back. Knows every exchange under way, to end them. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #open = new Map<AbortController, Caller>();
  readonly #stopWatching: () => void;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    const sweep = (): void => this.#endLost();
    const forget = parts.access.onLoss(sweep);
    // Rights also end by themselves, when their time is over.
    const timer = setInterval(sweep, SWEEP).unref();
    this.#stopWatching = () => {
      clearInterval(timer);
      forget();
    };
  }

  /** The answer, or undefined when the dialect has no such operation. */
  async answer({ request, path, context }: Asked, { handler, wire, prefix }: Dialect): Promise<Response | undefined> {
    const gone = this.#begin(request, context.caller);
    let streaming = false;
    try {
      const options = { context, ...(prefix ? { prefix } : {}) };
      const { response } = await handler.handle(standardRequest(request, path, gone.signal), options);
      if (!response) return undefined;
      if (!isIterator(response.body)) return await answerOf(response, wire);
      if (request.method === 'HEAD') return new Response(null, EVENT_STREAM);
      streaming = true;
      return new Response(this.#stream(response.body, wire, gone), EVENT_STREAM);
    } finally {
      if (!streaming) this.#open.delete(gone);
    }
  }

  /** Ends every exchange under way, for good: streams close, handlers see their signal. */
  endAll(): void {
    this.#stopWatching();
    for (const gone of this.#open.keys()) gone.abort();
  }

  /** A stream ends with the rights of whoever reads it (S19). */
  #endLost(): void {
    for (const [gone, caller] of this.#open) if (!this.#parts.access.stands(caller)) gone.abort();
  }

  #begin(request: Request, caller: Caller): AbortController {
    const gone = new AbortController();
    this.#open.set(gone, caller);
    request.signal.addEventListener('abort', () => gone.abort(), { once: true });
    return gone;
  }

  #stream(items: AsyncIterator<unknown>, wire: Wire, gone: AbortController): ReadableStream<Uint8Array> {
    const { keepAlive, onFailure } = this.#parts;
    const onEnd = (): void => {
      this.#open.delete(gone);
      gone.abort();
    };
    return eventStream({ items, wire, signal: gone.signal, keepAlive, onFailure, onEnd });
  }
}

/** Milliseconds between looks at whose rights are over. */
const SWEEP = 30_000;

export interface Asked {
  readonly request: Request;
  /** May differ from the one asked for. */
  readonly path: string;
  readonly context: ApiContext;
}

/** One way to write operations in requests. */
export interface Dialect {
  readonly handler: StandardHandler<ApiContext>;
  /** Which operation a request means. */
  readonly matcher: Pick<StandardMatcher, 'match'>;
  readonly wire: Wire;
  /** Where its operations begin; '' at the root. */
  readonly prefix: '' | `/${string}`;
}

const EVENT_STREAM: ResponseInit = { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } };

const isIterator = (body: unknown): body is AsyncIterator<unknown> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'next' in body;

function standardRequest(request: Request, path: string, signal: AbortSignal): StandardRequest {
  const url = new URL(request.url);
  url.pathname = path;
  let body: Promise<unknown> | undefined;
  return {
    url,
    signal,
    method: request.method === 'HEAD' ? 'GET' : request.method,
    headers: { 'last-event-id': request.headers.get('last-event-id') ?? undefined },
    body: () => (body ??= readBody(request, path)),
  };
}

async function answerOf({ status, body }: StandardAnswer, wire: Wire): Promise<Response> {
  if (body instanceof Blob) return fileAnswer(body);
  if (body instanceof FormData) return new Response(body, { status });
  if (!isLong(body)) return new Response(`${wire.before}${JSON.stringify(body)}${wire.after}`, { status, headers: JSON_TYPE });
  const parts = [Buffer.from(wire.before), await jsonBytes(body), Buffer.from(wire.after)];
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  return new Response(ReadableStream.from(inPortions(parts)), { status, headers: { ...JSON_TYPE, 'content-length': String(length) } });
}

const PORTION = 256 * 1024;

/** Bytes in portions the connection takes at its own pace; nothing is copied. */
function* inPortions(parts: readonly Uint8Array[]): Generator<Uint8Array, void, void> {
  for (const part of parts) for (let start = 0; start < part.byteLength; start += PORTION) yield part.subarray(start, start + PORTION);
}

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/** Always a download: what came from the network is never shown as a page. */
function fileAnswer(file: Blob): Response {
  const name = file instanceof File ? file.name.replace(/[^\w.-]/g, '_') : 'file';
  return new Response(file, {
    headers: { 'content-type': file.type || 'application/octet-stream', 'content-disposition': `attachment; filename="${name}"` },
  });
}
