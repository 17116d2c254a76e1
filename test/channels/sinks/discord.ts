import type { Reply } from './http-sink.ts';
import { type Board, type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

const TOKEN = '3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e72279b94526ff5d1bd4358d65cf11';
export const DISCORD = { token: TOKEN, hook: `/api/webhooks/223704706495545344/${TOKEN}` } as const;

const refuse = (status: number, code: number, message: string, more: Fields = {}): Reply => json(status, { message, code, ...more });

export const discordTooMany = (seconds: number): Reply =>
  json(
    429,
    { message: 'You are being rate limited.', retry_after: seconds, global: false },
    { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' },
  );

/** One webhook: execute with and without wait, and edit of its messages. */
export const judgeDiscord = (): Judge => {
  let last = 1165339898920579072n;
  return (heard, board) => {
    const url = new URL(heard.path, 'http://discord');
    const [, id, token, , edited] = /^\/api(?:\/v\d+)?\/webhooks\/(\d+)\/([\w-]+)(\/messages\/(\d+))?$/.exec(url.pathname) ?? [];
    if (id === undefined) return refuse(404, 0, '404: Not Found');
    if (!DISCORD.hook.includes(id)) return refuse(404, 10015, 'Unknown Webhook');
    if (token !== DISCORD.token) return refuse(401, 50027, 'Invalid Webhook Token');
    const asked = fieldsOf(heard);
    const refused = asked === null ? refuse(400, 50109, 'The request body contains invalid JSON.') : wrongWith(asked);
    if (refused !== null || asked === null) return refused as Reply;
    if (edited !== undefined) return heard.method === 'PATCH' ? edit(asked, board, edited) : refuse(405, 0, '405: Method Not Allowed');
    if (heard.method !== 'POST') return refuse(405, 0, '405: Method Not Allowed');
    const message = String(++last);
    board.put({ id: message, title: '', text: drawn(asked), loud: loudness(asked) });
    if (url.searchParams.get('wait') !== 'true') return { status: 204, body: '' };
    return json(200, { id: message, type: 0, content: asked['content'], channel_id: '1158', webhook_id: id });
  };
};

export const fakeDiscord = (): Promise<FakeService> => startService(judgeDiscord());

function wrongWith({ content, allowed_mentions, flags }: Fields): Reply | null {
  const form = (field: string, code: string, message: string) =>
    refuse(400, 50035, 'Invalid Form Body', { errors: { [field]: { _errors: [{ code, message }] } } });
  if (typeof content !== 'string' || content.trim() === '') return refuse(400, 50006, 'Cannot send an empty message');
  if ([...content].length > 2000) return form('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.');
  if (allowed_mentions !== undefined && (typeof allowed_mentions !== 'object' || allowed_mentions === null))
    return form('allowed_mentions', 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
  if (flags !== undefined && !Number.isInteger(flags)) return form('flags', 'NUMBER_TYPE_COERCE', 'Value is not int.');
  return null;
}

/** What people read: a backslash before punctuation is not shown. */
const drawn = ({ content }: Fields): string => String(content).replaceAll(/\\([^0-9A-Za-z\s])/g, '$1');

const loudness = ({ content, allowed_mentions, flags }: Fields): string => {
  const parse = (allowed_mentions as { parse?: unknown[] } | undefined)?.parse;
  const allowed = parse === undefined || parse.length > 0;
  if (allowed && /@(everyone|here)|<@[!&]?\d+>/.test(String(content).replaceAll(/\\./g, ''))) return 'called everybody';
  return (Number(flags ?? 0) & 4096) === 0 ? 'sound' : 'silent';
};

function edit(asked: Fields, board: Board, id: string): Reply {
  if (!board.replace(id, { text: drawn(asked) })) return refuse(404, 10008, 'Unknown Message');
  return json(200, { id, type: 0, content: asked['content'], edited_timestamp: '2026-11-28T01:00:00.000000+00:00' });
}

/** Names of emoji that addresses and names are likely to hold. */
const EMOJI = /:(?:a|b|c|m|o|v|x|ab|cd|abc|abcd|bee|100|1234|smile):/i;

/** What of a text Discord would draw otherwise than it stands: bold, code, lists, headings, quotes, links, emoji. */
export function discordMarkup(content: string): string[] {
  const bare = content.replaceAll(/\\[^0-9A-Za-z\s]/g, 'x');
  const markup =
    bare.match(/\*[^*]+\*|_[^_]+_|~~|\|\||`|^\s*(?:[#>-]|\d+\.)\s|\[[^\]]*\]\(|https?:\/\/|<[^>]+>|@(?:everyone|here)/gm) ?? [];
  return [...markup, ...(EMOJI.exec(bare) ?? [])];
}
