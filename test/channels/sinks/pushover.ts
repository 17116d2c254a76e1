import type { Recorded, Reply } from './http-sink.ts';
import { type Board, type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

export const PUSHOVER = { token: 'azGDORePK8gMaC0QOYAMyEEuzJnyUi', user: 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG' } as const;

const REQUEST = '647d2300-702c-4b38-8b2f-d56326ae460b';
const refuse = (field: string, what: string, said: string): Reply =>
  json(400, { [field]: what, errors: [said], status: 0, request: REQUEST });

/** The month is used up. */
export const pushoverUsedUp = (): Reply =>
  json(
    429,
    { errors: ['application has reached its monthly message limit'], status: 0, request: REQUEST },
    { 'x-limit-app-limit': '10000', 'x-limit-app-remaining': '0', 'x-limit-app-reset': '1796083200' },
  );

/** POST /1/messages.json. */
export const judgePushover = (): Judge => {
  let last = 0;
  return (heard, board) => {
    const tag = /^\/1\/receipts\/cancel_by_tag\/([\w.-]+)\.json$/.exec(heard.path)?.[1];
    if (tag !== undefined) return cancel(heard, board, tag);
    if (heard.method !== 'POST' || heard.path !== '/1/messages.json') return json(404, { status: 0 });
    const asked = fieldsOf(heard);
    if (asked === null) return refuse('message', 'cannot be blank', 'message cannot be blank');
    const refused = wrongWith(asked);
    if (refused !== null) return refused;
    const { title = '', message, priority = 0 } = asked;
    board.put({
      id: priority === 2 ? String(asked['tags']) : `message-${++last}`,
      title: String(title),
      text: String(message),
      loud: String(priority),
    });
    const receipt = priority === 2 ? { receipt: 'rLqVuqTRh62UzxtmqiaLzQmVcPgiCy' } : {};
    return json(200, { status: 1, request: REQUEST, ...receipt }, { 'x-limit-app-remaining': '9999' });
  };
};

export const fakePushover = (): Promise<FakeService> => startService(judgePushover());

function wrongWith({ token, user, message, title, priority, retry, expire, device }: Fields): Reply | null {
  if (token !== PUSHOVER.token) return refuse('token', 'invalid', 'application token is invalid, see https://pushover.net/api');
  if (user !== PUSHOVER.user)
    return refuse(
      'user',
      'invalid',
      'user identifier is not a valid user, group, or subscribed user key, see https://pushover.net/api#identifiers',
    );
  if (device !== undefined && device !== 'phone') return refuse('device', 'invalid for this user', 'device name is not valid for user');
  if (typeof message !== 'string' || message.trim() === '') return refuse('message', 'cannot be blank', 'message cannot be blank');
  if ([...message].length > 1024) return refuse('message', 'is too long', 'message must be at most 1024 characters');
  if (title !== undefined && [...String(title)].length > 250) return refuse('title', 'is too long', 'title must be at most 250 characters');
  if (priority !== undefined && ![-2, -1, 0, 1, 2].includes(Number(priority)))
    return refuse('priority', 'is invalid', 'priority is invalid');
  return priority === 2 ? wrongEmergency(retry, expire) : null;
}

function wrongEmergency(retry: unknown, expire: unknown): Reply | null {
  if (typeof expire !== 'number') return refuse('expire', 'must be supplied with priority=2', 'expire must be supplied with priority=2');
  if (typeof retry !== 'number') return refuse('retry', 'must be supplied with priority=2', 'retry must be supplied with priority=2');
  if (retry < 30) return refuse('retry', 'must be at least 30', 'retry must be at least 30 seconds');
  return expire > 10_800 ? refuse('expire', 'must be at most 10800', 'expire must be at most 10800 seconds') : null;
}

function cancel(heard: Recorded, board: Board, tag: string): Reply {
  if (fieldsOf(heard)?.['token'] !== PUSHOVER.token)
    return refuse('token', 'invalid', 'application token is invalid, see https://pushover.net/api');
  board.replace(tag, { loud: 'rings no more' });
  return json(200, { status: 1, canceled: 1, request: REQUEST });
}
