import type { Reply } from './http-sink.ts';
import { type Board, type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

export const TELEGRAM = {
  token: '123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc',
  chat: -1001234567890,
  /** Group that became a supergroup. */
  moved: -4518810793,
  thread: 77,
} as const;

const refuse = (code: number, description: string, parameters?: Fields): Reply =>
  json(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });

/** Answer of Telegram to too many messages. */
export const telegramTooMany = (seconds: number): Reply =>
  refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

/** The Bot API, as far as alerts go: sendMessage and editMessageText. */
export const judgeTelegram = (): Judge => {
  let last = 41;
  return (heard, board) => {
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(heard.path) ?? [];
    if (token === undefined || !/^\d+:[\w-]{35}$/.test(token)) return refuse(404, 'Not Found');
    if (token !== TELEGRAM.token) return refuse(401, 'Unauthorized');
    const asked = fieldsOf(heard);
    if (asked === null) return refuse(400, 'Bad Request: message text is empty');
    const refused = wrongWith(asked);
    if (refused !== null) return refused;
    if (method === 'sendMessage') return post(asked, board, ++last);
    return method === 'editMessageText' ? edit(asked, board) : refuse(404, 'Not Found: method not found');
  };
};

export const fakeTelegram = (): Promise<FakeService> => startService(judgeTelegram());

function wrongWith({ chat_id, text, parse_mode, link_preview_options, message_thread_id }: Fields): Reply | null {
  if (String(chat_id) === String(TELEGRAM.moved))
    return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: TELEGRAM.chat });
  if (String(chat_id) !== String(TELEGRAM.chat)) return refuse(400, 'Bad Request: chat not found');
  if (message_thread_id !== undefined && message_thread_id !== TELEGRAM.thread) return refuse(400, 'Bad Request: message thread not found');
  if (typeof text !== 'string' || text.trim() === '') return refuse(400, 'Bad Request: message text is empty');
  if (text.trim().length > 4096) return refuse(400, 'Bad Request: message is too long');
  if (typeof parse_mode === 'string' && (text.match(/_/g)?.length ?? 0) % 2 === 1)
    return refuse(400, `Bad Request: can't parse entities: Can't find end of the entity starting at byte offset ${text.indexOf('_')}`);
  if (link_preview_options !== undefined && typeof link_preview_options !== 'object')
    return refuse(400, 'Bad Request: object expected as LinkPreviewOptions');
  return null;
}

/** What the service makes of a message: an account that a name mentions gets a notification of its own. */
const drawn = (text: string) => text.trim();

function post({ text, disable_notification }: Fields, board: Board, id: number): Reply {
  board.put({ id: String(id), title: '', text: drawn(String(text)), loud: disable_notification === true ? 'silent' : 'sound' });
  return json(200, { ok: true, result: { message_id: id, chat: { id: TELEGRAM.chat, type: 'supergroup' }, text: drawn(String(text)) } });
}

function edit({ text, message_id }: Fields, board: Board): Reply {
  const old = board.find(String(message_id));
  if (old === undefined) return refuse(400, 'Bad Request: message to edit not found');
  if (old.text === drawn(String(text)))
    return refuse(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  board.replace(old.id, { text: drawn(String(text)) });
  return json(200, { ok: true, result: { message_id: Number(old.id), chat: { id: TELEGRAM.chat }, text: drawn(String(text)) } });
}

/** Accounts that the service would tell of this text: it makes mentions of plain text, too. */
export const telegramMentions = (text: string): string[] => text.match(/(?<![A-Za-z0-9_])@[A-Za-z0-9_]{3,}/g) ?? [];
