import { httpSink, type Manner, type Recorded, type Reply } from './http-sink.ts';

/** What people see of one message. */
export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** How loud the service made it, in its own word; 'called everybody': a text had its way with the service. */
  readonly loud: string;
  /** How often it was replaced. */
  readonly edits: number;
}

/** A service on loopback that checks what the real one checks, and remembers. */
export interface FakeService {
  /** http://127.0.0.1:PORT, without a path. */
  readonly url: string;
  /** What [alerts] reach must say for it. */
  readonly reach: string;
  readonly requests: readonly Recorded[];
  /** What people see, oldest first. */
  readonly shown: readonly Shown[];
  /** The next request is answered like this, whatever it asks; those after it as ever. */
  answerNext(manner: Manner): void;
  stop(): Promise<void>;
}

/** Where a fake puts what it would show. */
export interface Board {
  put(shown: Omit<Shown, 'edits'>): void;
  /** False: there is no such message. */
  replace(id: string, now: Partial<Omit<Shown, 'id' | 'edits'>>): boolean;
  find(id: string): Shown | undefined;
}

export type Judge = (asked: Recorded, board: Board) => Reply;

/** Starts a service that answers as `judge` says. */
export async function startService(judge: Judge): Promise<FakeService> {
  const shown: Shown[] = [];
  const board = boardOver(shown);
  const sink = await httpSink();
  const asEver = (asked: Recorded): Reply => judge(asked, board);
  sink.answerWith(asEver);
  const { url, reach, requests, stop } = sink;
  return { url, reach, requests, shown, answerNext: (manner) => sink.answerWith(manner, asEver), stop };
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

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** The fields of a JSON body; null: it is none, or not said to be one. */
export function fieldsOf({ headers, body }: Recorded): Fields | null {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return null;
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Fields) : null;
  } catch {
    return null;
  }
}
