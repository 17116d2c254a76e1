import { z } from 'zod';
import { bad, type Delivery, good, type JsonObject, type Message } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import { notThere } from '../exchange/refusals.ts';
import type { Answer } from '../exchange/request.ts';
import { channelKind, type KindWorld, type Refused, type Sending } from '../kind.ts';
import { option, show, text, webUrl, whole } from '../options.ts';
import { fieldsOf, laterBy, objectOf, replaceable, wordOf } from '../words/answered.ts';
import { cutText } from '../words/cut.ts';
import { below, pageTo } from '../words/page-to.ts';
import { still } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

const CHAT = 'write the number of the chat, like -1001234567890, or the @name of a public channel';

const schema = z.strictObject({
  token: text('write the token that @BotFather gave, like 123456789:AAE...', { like: /^\d{1,20}:[\w-]{20,200}$/ }),
  chat: option(CHAT, (value) =>
    /^-?\d{1,20}$|^@\w{4,40}$/.test(String(value)) ? good(String(value)) : bad(`${show(value)} is no chat`, CHAT),
  ),
  thread: whole('write the number of a topic in the group', { least: 1, most: 2_147_483_647 }).optional(),
  server: webUrl('write the URL of a Bot API server of your own').default('https://api.telegram.org'),
});

/** A message has room for 4096 UTF-16 units. */
const MOST = 4096;
const TOKEN = 'check the token: @BotFather tells it, and makes a new one';
const REMEDIES = { 401: TOKEN, 404: TOKEN, 403: 'let the bot into the chat (a person has to write /start to it first)' };
const NO_CHAT = /chat not found|thread not found|not enough rights|have no rights|CHAT_\w+|PEER_ID_INVALID|TOPIC_\w+|need administrator/i;
const CHECK_CHAT = 'check chat and thread, and that the bot is in the chat and may write there';
const IS_GONE = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/;

export const telegram = channelKind({
  kind: 'telegram',
  what: 'a message of a Telegram bot',
  edits: true,
  schema,
  secrets: ['token'],
  urls: ['server'],
  create({ token, chat, thread, server }, world) {
    const bot: Bot = { world, url: below(server, `bot${token}`) };
    return {
      name: `telegram chat ${chat}`,
      async send(message, signal, overhear) {
        const sending = { signal, overhear };
        const told = { chat_id: chat, text: words(message), link_preview_options: { is_disabled: true } };
        const handle = message.alert?.replaces ?? '';
        const old = numberIn(handle, chat);
        const edited = old === null ? null : await call(bot, ['editMessageText', { ...told, message_id: old }], sending);
        if (edited !== null && !isGone(edited)) return judged(edited, { chat, old: handle });
        const quiet = message.alert?.urgency === 'low' && { disable_notification: true };
        const topic = thread !== undefined && { message_thread_id: thread };
        return judged(await call(bot, ['sendMessage', { ...told, ...quiet, ...topic }], sending), { chat, old: null });
      },
    };
  },
});

/** Numbers of messages begin anew in each chat: in another one than this the same number is some other message. */
function numberIn(handle: string, chat: string): number | null {
  const [, where, number] = /^([^/]+)\/(\d{1,15})$/.exec(handle) ?? [];
  return where === chat ? Number(number) : null;
}

/** No parse_mode: a lone underscore in a name would lose the alert. */
const words = (message: Message): string => cutText(toldBy(message).whole, { most: MOST, as: still });

interface Bot {
  readonly world: KindWorld;
  /** With the token in it. */
  readonly url: string;
}

const call = ({ world, url }: Bot, [method, body]: readonly [string, JsonObject], sending: Sending) =>
  world.exchange(pageTo(`${url}/${method}`, body), sending);

type Outcome = Answer | Refused;

const isGone = (answer: Outcome): boolean => 'status' in answer && answer.status === 400 && IS_GONE.test(saying(answer));

const saying = (answer: Answer): string => wordOf(fieldsOf(answer)['description']);

interface Sent {
  readonly chat: string;
  /** The message that was to be replaced. */
  readonly old: string | null;
}

function judged(answer: Outcome, sent: Sent): Delivery {
  const { old } = sent;
  const delivery = judgeAnswer(answer, REMEDIES);
  if ('outcome' in answer) return delivery;
  if (delivery.outcome === 'delivered') return made(answer, sent);
  if (old !== null && saying(answer).includes('message is not modified'))
    return { outcome: 'delivered', receipt: 'it says so already', handle: old };
  const { retry_after, migrate_to_chat_id: moved } = objectOf(fieldsOf(answer)['parameters']);
  if (moved !== undefined) return notThere(delivery.reason, `write chat = ${wordOf(moved)}: the group became a supergroup`);
  return NO_CHAT.test(saying(answer)) ? notThere(delivery.reason, CHECK_CHAT) : laterBy(delivery, retry_after, 1000);
}

function made(answer: Answer, { chat, old }: Sent): Delivery {
  const { ok, result } = fieldsOf(answer);
  const id = wordOf(objectOf(result)['message_id']);
  const handle = old ?? (id === '' ? '' : `${chat}/${id}`);
  return replaceable(ok === true ? handle : '', answer, 'Telegram');
}
