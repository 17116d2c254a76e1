import { request as ask, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../core/index.ts';
import { faultFrom } from '../faults.ts';

export interface SocketFetchOptions {
  /** Hears how many more bytes of a request have gone out. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** `fetch` over a unix socket, which the one built in cannot do. Bodies stream both ways; the request's signal ends it. */
export function socketFetch(socketPath: string, { onSent }: SocketFetchOptions = {}): (request: Request) => Promise<Response> {
  return (request) =>
    new Promise((resolve, reject) => {
      const { pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const asking = ask({ socketPath, path: pathname + search, method: request.method, headers, signal: request.signal, agent: false });
      asking.on('response', (answer) => resolve(accepted(responseOf(answer))));
      asking.on('error', (cause) => reject(request.signal.aborted ? cause : wentAway(cause)));
      if (request.body === null) asking.end();
      else pipeline(Readable.fromWeb(request.body), counted(onSent), asking).catch(reject);
    });
}

/** Passes chunks on and tells how long they are. */
const counted = (onSent: SocketFetchOptions['onSent']) =>
  async function* count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      yield chunk;
      onSent?.(chunk.byteLength);
    }
  };

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 500;
  const empty = status === 204 || status === 205 || status === 304;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), { status, headers });
}

/** Turned away before anybody looked at the call, a request is answered with a bare fault that oRPC cannot read. */
export async function accepted(response: Response): Promise<Response> {
  if (response.status < 400) return response;
  const text = await response.text();
  const fault = bareFault(text);
  if (fault) throw faultFrom(fault);
  return new Response(text, { status: response.status, headers: response.headers });
}

function bareFault(text: string): Parameters<typeof faultFrom>[0] | undefined {
  try {
    const body = JSON.parse(text) as Partial<Parameters<typeof faultFrom>[0]> | null;
    return typeof body?.code === 'string' && typeof body.message === 'string'
      ? { ...body, code: body.code, message: body.message }
      : undefined;
  } catch {
    return undefined;
  }
}

const wentAway = (cause: Error): Fault =>
  new Fault('unavailable', `asking the daemon: ${cause.message}`, 'look at it with "rollcall status", and at the end of its log');
