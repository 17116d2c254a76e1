import type { Recorded, Reply } from './http-sink.ts';
import { type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

export const NTFY = { topic: 'rollcall-7f3a', token: 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2', user: 'phil', password: 'my-pass' } as const;

const refuse = (http: number, code: number, error: string): Reply =>
  json(http, { code, http, error, link: 'https://ntfy.sh/docs/publish/' });

/** What ntfy says to too many messages. */
export const ntfyTooMany = (): Reply => refuse(429, 42901, 'limit reached: too many requests');

/** Publishing as JSON. `sequences` false: a server from before 2.16, that knows no updates. */
export const judgeNtfy = (sequences = true): Judge => {
  let last = 0;
  return (heard, board) => {
    if (!['POST', 'PUT'].includes(heard.method) || heard.path !== '/') return refuse(404, 40401, 'page not found');
    if (Buffer.byteLength(heard.body) > 8192) return refuse(413, 41303, 'JSON body too large');
    const asked = fieldsOf(heard);
    const refused = asked === null ? refuse(400, 40024, 'invalid request: request body must be valid JSON') : wrongWith(asked, heard);
    if (refused !== null) return refused;
    const { title = '', message, priority = 3, sequence_id } = asked as Fields;
    const id = `mSg${String(++last).padStart(9, '0')}`;
    const sequence = sequences && typeof sequence_id === 'string' ? sequence_id : id;
    const shown = { title: String(title), text: String(message).trim(), loud: String(priority) };
    if (!board.replace(sequence, shown)) board.put({ id: sequence, ...shown });
    return json(200, {
      id,
      ...(sequences && { sequence_id: sequence }),
      time: 1,
      event: 'message',
      topic: NTFY.topic,
      title,
      message,
      priority,
    });
  };
};

export const fakeNtfy = (sequences = true): Promise<FakeService> => startService(judgeNtfy(sequences));

function wrongWith({ topic, message, title, priority, tags, click, sequence_id }: Fields, { headers }: Recorded): Reply | null {
  if (typeof topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/.test(topic)) return refuse(400, 40009, 'invalid request: topic invalid');
  const login = `Basic ${Buffer.from(`${NTFY.user}:${NTFY.password}`).toString('base64')}`;
  if (headers.authorization === undefined || topic !== NTFY.topic) return refuse(403, 40301, 'forbidden');
  if (![`Bearer ${NTFY.token}`, login].includes(headers.authorization)) return refuse(401, 40101, 'unauthorized');
  if (typeof message !== 'string' || ![undefined, 'string'].includes(typeof title) || (tags !== undefined && !Array.isArray(tags)))
    return refuse(400, 40017, 'invalid request: request body must be message JSON');
  if (priority !== undefined && ![1, 2, 3, 4, 5].includes(Number(priority))) return refuse(400, 40007, 'invalid priority parameter');
  if (click !== undefined && typeof click !== 'string') return refuse(400, 40017, 'invalid request: request body must be message JSON');
  if (sequence_id !== undefined && !/^[-_A-Za-z0-9]{1,64}$/.test(String(sequence_id)))
    return refuse(400, 40049, 'invalid request: sequence ID invalid');
  // What is longer becomes a file beside an empty message, where the server takes files at all.
  if (Buffer.byteLength(message) > 4096) return refuse(400, 40014, 'invalid request: attachments not allowed');
  return null;
}
