import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { send } from './open-door.ts';

export interface Event {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: any;
}

export interface EventReader extends AsyncDisposable {
  readonly headers: IncomingMessage['headers'];
  readonly comments: number;
  /** The next event; fails when the stream ends first. */
  next(): Promise<Event>;
  /** Resolves when the stream ends without another event. */
  ended(): Promise<void>;
}

/** Reads server-sent events as the standard says, independently of the product's own code. */
export async function readEvents(order: { port: number; path: string; headers: Record<string, string> }): Promise<EventReader> {
  const incoming = await send({ host: '127.0.0.1', port: order.port }, order.path, { headers: order.headers, bare: true });
  assert.equal(incoming.statusCode, 200);
  const counter = { comments: 0 };
  const events = eventsOf(incoming.setEncoding('utf8'), counter);
  // Read on even when no test waits for an event, so that comments are counted.
  let ahead = events.next();
  const take = async (): Promise<Event | undefined> => {
    const { value } = await ahead;
    ahead = events.next();
    ahead.catch(() => undefined);
    return value ?? undefined;
  };
  return {
    headers: incoming.headers,
    get comments() {
      return counter.comments;
    },
    async next() {
      return (await take()) ?? assert.fail('the stream ended');
    },
    async ended() {
      assert.equal(await take(), undefined);
    },
    async [Symbol.asyncDispose]() {
      incoming.destroy();
    },
  };
}

async function* eventsOf(chunks: AsyncIterable<string>, counter: { comments: number }): AsyncGenerator<Event, void, void> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      if (lines[0]?.startsWith(':')) counter.comments++;
      else yield eventFrom(lines);
    }
  }
}

function eventFrom(lines: readonly string[]): Event {
  const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  return { event: fields.get('event'), id: fields.get('id'), data: JSON.parse(fields.get('data') ?? 'null') };
}
