import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** As it is answered, whatever it is: the tests stand outside the network namespace, the socket is a file. */
export async function overSocket(socketPath: string, asked: Request): Promise<Answer> {
  const { pathname, search } = new URL(asked.url);
  const body = Buffer.from(await asked.arrayBuffer());
  const headers = { ...Object.fromEntries(asked.headers), 'content-length': String(body.byteLength) };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ socketPath, path: pathname + search, method: asked.method, headers }, resolve)
    .on('error', reject)
    .end(body);
  try {
    const answer = await promise;
    return { status: answer.statusCode ?? 0, text: await text(answer) };
  } catch (cause) {
    // A line of 70,000 characters: nobody reads on.
    if (['EPIPE', 'ECONNRESET'].includes(String((cause as NodeJS.ErrnoException).code)))
      return { status: 431, text: '{"message":"closed"}' };
    throw cause;
  }
}

/** A question in the query, or a body of JSON, or a form where there are files. */
export function requestOf(path: string, content: Readonly<Record<string, unknown>>, get: boolean): Request {
  const url = new URL(`http://rollcall/api/v1${path}`);
  if (get) {
    for (const [name, value] of Object.entries(content)) url.searchParams.append(name, String(value));
    return new Request(url);
  }
  const holdsFiles = Object.values(content)
    .flat()
    .some((value) => value instanceof File);
  if (!holdsFiles)
    return new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
  const body = new FormData();
  for (const [name, value] of Object.entries(content))
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one instanceof File ? one : String(one));
  return new Request(url, { method: 'POST', body });
}
