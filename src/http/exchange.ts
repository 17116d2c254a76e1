import type { StandardHandler } from '@orpc/server/standard';
import type { ApiContext } from '../api/index.ts';
import { eventStream } from './event-stream.ts';
import { isLong, jsonBytes } from './json-bytes.ts';
import { readBody } from './request-body.ts';
import type { Wire } from './wire.ts';

export interface ExchangeParts {
  readonly context: ApiContext;
  readonly onFailure: (failure: unknown) => void;
  /** Milliseconds between comments in event streams. */
  readonly keepAlive: number;
}

type StandardRequest = Parameters<StandardHandler<ApiContext>['handle']>[0];
type StandardAnswer = NonNullable<Awaited<ReturnType<StandardHandler<ApiContext>['handle']>>['response']>;

/** Carries requests to a dialect of the contract and its answers back. Knows every exchange under way, to end them. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #open = new Set<AbortController>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** The answer, or undefined when the dialect has no such operation. `path` may differ from the one asked for. */
  async answer(request: Request, path: string, { handler, wire, prefix }: Dialect): Promise<Response | undefined> {
    const gone = this.#begin(request);
    let streaming = false;
    try {
      const options = { context: this.#parts.context, ...(prefix ? { prefix } : {}) };
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

  /** Ends every exchange under way: streams close, handlers see their signal. */
  endAll(): void {
    for (const gone of this.#open) gone.abort();
  }

  #begin(request: Request): AbortController {
    const gone = new AbortController();
    this.#open.add(gone);
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

export interface Dialect {
  readonly handler: StandardHandler<ApiContext>;
  readonly wire: Wire;
  /** Where its operations begin. */
  readonly prefix?: `/${string}`;
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
