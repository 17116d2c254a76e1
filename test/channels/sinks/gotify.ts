import type { Reply } from './http-sink.ts';
import { type FakeService, fieldsOf, type Judge, json, startService } from './service.ts';

export const GOTIFY = { token: 'AKzT9Pqo.4-c5Xn' } as const;

const refuse = (status: number, error: string, errorDescription: string): Reply =>
  json(status, { error, errorCode: status, errorDescription });

/** POST /message of a Gotify server that lives below /push. */
export const judgeGotify = (): Judge => {
  let last = 24;
  return (heard, board) => {
    if (heard.method !== 'POST' || heard.path !== '/push/message') return refuse(404, 'Not Found', 'page not found');
    if (heard.headers['x-gotify-key'] !== GOTIFY.token)
      return refuse(401, 'Unauthorized', 'you need to provide a valid access token or user credentials to access this api');
    const asked = fieldsOf(heard);
    if (asked === null) return refuse(400, 'Bad Request', 'invalid character in JSON');
    const { title = 'rollcall', message, priority = 0, extras } = asked;
    if (typeof message !== 'string' || message === '') return refuse(400, 'Bad Request', "Field 'message' is required");
    if (!Number.isInteger(priority))
      return refuse(400, 'Bad Request', 'cannot unmarshal into Go struct field Message.priority of type int');
    const id = ++last;
    board.put({ id: String(id), title: String(title), text: message, loud: String(priority) });
    return json(200, { id, appid: 5, title, message, priority, extras, date: '2026-11-28T01:00:00Z' });
  };
};

export const fakeGotify = (): Promise<FakeService> => startService(judgeGotify());
