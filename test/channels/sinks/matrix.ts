import type { Recorded, Reply } from './http-sink.ts';
import { type Board, type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

export const MATRIX = { token: 'syt_cm9sbGNhbGw_abcdefghijklmnop_1a2B3c', room: '!636q39766251:example.com' } as const;

const refuse = (status: number, errcode: string, error: string): Reply => json(status, { errcode, error });

export const matrixTooMany = (millis: number): Reply =>
  json(429, { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', retry_after_ms: millis });

/** PUT of room messages, where a transaction that was seen before gives the event it made; and GET of one. */
export const judgeMatrix = (): Judge => {
  const seen = new Map<string, string>();
  return (heard, board) => {
    const way = /^\/_matrix\/client\/v3\/rooms\/([^/]+)\/send\/m\.room\.message\/([^/]+)$/.exec(heard.path);
    const asked = /\/event\/([^/]+)$/.exec(heard.path)?.[1];
    if (asked !== undefined && heard.method === 'GET') return eventOf(heard, board, decodeURIComponent(asked));
    if (way === null || heard.method !== 'PUT') return refuse(404, 'M_UNRECOGNIZED', 'Unrecognized request');
    const refused = wrongWith(heard, decodeURIComponent(way[1] ?? ''));
    if (refused !== null) return refused;
    const txn = decodeURIComponent(way[2] ?? '');
    const event = seen.get(txn) ?? `$event${seen.size}-YUwRidLecu:example.com`;
    if (!seen.has(txn)) show(fieldsOf(heard) as Fields, board, event);
    seen.set(txn, event);
    return json(200, { event_id: event });
  };
};

function eventOf(heard: Recorded, board: Board, id: string): Reply {
  if (heard.headers.authorization !== `Bearer ${MATRIX.token}`) return refuse(401, 'M_UNKNOWN_TOKEN', 'Unrecognised access token');
  const shown = board.find(id);
  if (shown === undefined) return refuse(404, 'M_NOT_FOUND', 'Event not found.');
  return json(200, { event_id: id, type: 'm.room.message', content: { msgtype: 'm.text', body: shown.text } });
}

/** What is left of an event that somebody removed. */
export const matrixRedacted: Reply = json(200, {
  type: 'm.room.message',
  content: {},
  unsigned: { redacted_because: { type: 'm.room.redaction' } },
});

export const fakeMatrix = (): Promise<FakeService> => startService(judgeMatrix());

function wrongWith(heard: Recorded, room: string): Reply | null {
  if (heard.headers.authorization === undefined) return refuse(401, 'M_MISSING_TOKEN', 'Missing access token');
  if (heard.headers.authorization !== `Bearer ${MATRIX.token}`) return refuse(401, 'M_UNKNOWN_TOKEN', 'Unrecognised access token');
  if (room !== MATRIX.room) return refuse(403, 'M_FORBIDDEN', `User @rollcall:example.com not in room ${room}`);
  const asked = fieldsOf(heard);
  if (asked === null) return refuse(400, 'M_NOT_JSON', 'Content not JSON.');
  if (typeof asked['msgtype'] !== 'string' || typeof asked['body'] !== 'string')
    return refuse(400, 'M_BAD_JSON', 'No msgtype or body in content');
  // The event has its own fields beside the content.
  return Buffer.byteLength(heard.body) > 65_536 - 1_000 ? refuse(413, 'M_TOO_LARGE', 'event too large') : null;
}

function show(content: Fields, board: Board, event: string): void {
  const relation = content['m.relates_to'] as { rel_type?: string; event_id?: string } | undefined;
  const anew = content['m.new_content'] as Fields | undefined;
  if (relation?.rel_type === 'm.replace' && anew !== undefined) {
    board.replace(String(relation.event_id), { text: String(anew['body']), loud: loudness(anew) });
    return;
  }
  board.put({ id: event, title: '', text: String(content['body']), loud: loudness(content) });
}

/** Push rules: m.mentions says who is called; without it the words of the body do. A notice makes no sound. */
const loudness = (content: Fields): string => {
  const mentions = content['m.mentions'] as { user_ids?: unknown[]; room?: boolean } | undefined;
  const called =
    mentions === undefined ? /@room/.test(String(content['body'])) : mentions.room === true || (mentions.user_ids?.length ?? 0) > 0;
  if (called) return 'called everybody';
  return content['msgtype'] === 'm.notice' ? 'silent' : 'sound';
};
