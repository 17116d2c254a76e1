import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request, as it came. */
export interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What people see of one message. */
export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** How loud the service made it, in its own word. */
  readonly loud: string;
  /** How often it was replaced. */
  readonly edits: number;
}

/** A service on loopback that checks what the real one checks, and remembers. */
export interface FakeService {
  /** http://127.0.0.1:PORT, without a path. */
  readonly url: string;
  readonly heard: readonly Heard[];
  /** What people see, oldest first. */
  readonly shown: readonly Shown[];
  /** The next request gets this answer, whatever it asks. */
  answerNext(answer: Answer): void;
  close(): Promise<void>;
}

/** Where a fake puts what it would show. */
export interface Board {
  put(shown: Omit<Shown, 'edits'>): void;
  /** False: there is no such message. */
  replace(id: string, now: Partial<Omit<Shown, 'id' | 'edits'>>): boolean;
  find(id: string): Shown | undefined;
}

export type Judge = (heard: Heard, board: Board) => Answer;

/** Starts a service that answers as `judge` says. */
export async function startService(judge: Judge): Promise<FakeService> {
  const heard: Heard[] = [];
  const shown: Shown[] = [];
  const queued: Answer[] = [];
  const board = boardOver(shown);
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8');
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    heard.push(asked);
    const answer = queued.shift() ?? judge(asked, board);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    shown,
    answerNext: (answer) => void queued.push(answer),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function boardOver(shown: Shown[]): Board {
  return {
    put: (one) => void shown.push({ ...one, edits: 0 }),
    replace(id, now) {
      const at = shown.findIndex((one) => one.id === id);
      const old = shown[at];
      if (old === undefined) return false;
      shown[at] = { ...old, ...now, edits: old.edits + 1 };
      return true;
    },
    find: (id) => shown.find((one) => one.id === id),
  };
}

export type Fields = Readonly<Record<string, unknown>>;

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** The fields of a JSON body; null: it is none, or not said to be one. */
export function fieldsOf({ headers, body }: Heard): Fields | null {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return null;
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Fields) : null;
  } catch {
    return null;
  }
}
