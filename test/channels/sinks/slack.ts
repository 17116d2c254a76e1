import type { Recorded, Reply } from './http-sink.ts';
import { type Board, type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

export const SLACK = {
  hook: '/services/T0RZ8Q2AA/B0RZ9BBBB/XXXXYYYYZZZZ111122223333',
  token: 'xoxb-111111111111-222222222222-abcdefghijklmnopqrstuvwx',
  channel: 'C123ABC456',
} as const;

const plain = (status: number, body: string, headers = {}): Reply => ({
  status,
  body,
  headers: { 'content-type': 'text/html', ...headers },
});
const refuse = (error: string): Reply => json(200, { ok: false, error });

export const slackHookTooMany = (seconds: number): Reply => plain(429, 'rate_limited', { 'retry-after': String(seconds) });
export const slackTooMany = (seconds: number): Reply => json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });

/** An incoming webhook, and chat.postMessage and chat.update of a bot. */
export const judgeSlack = (): Judge => {
  let last = 245;
  return (heard, board) => {
    const ts = () => `1503435956.${String(++last).padStart(6, '0')}`;
    if (heard.path.startsWith('/services/')) return hook(heard, board, ts());
    if (heard.headers.authorization === undefined) return refuse('not_authed');
    if (heard.headers.authorization !== `Bearer ${SLACK.token}`) return refuse('invalid_auth');
    const asked = fieldsOf(heard);
    if (asked === null) return refuse('invalid_json');
    const wrong = wrongWith(asked);
    if (wrong !== null) return refuse(wrong);
    if (heard.path === '/api/chat.postMessage') return post(asked, board, ts());
    return heard.path === '/api/chat.update' ? update(asked, board) : refuse('unknown_method');
  };
};

export const fakeSlack = (): Promise<FakeService> => startService(judgeSlack());

function hook(heard: Recorded, board: Board, ts: string): Reply {
  if (heard.path !== SLACK.hook)
    return heard.path.startsWith('/services/T0RZ8Q2AA/') ? plain(403, 'invalid_token') : plain(404, 'no_service');
  const asked = fieldsOf(heard);
  if (asked === null) return plain(400, 'invalid_payload');
  const wrong = wrongWith(asked);
  if (wrong !== null) return plain(400, wrong);
  board.put({ id: ts, title: '', text: drawn(asked), loud: loudness(asked) });
  return plain(200, 'ok');
}

interface Block {
  readonly type?: unknown;
  readonly text?: { readonly type?: unknown; readonly text?: unknown; readonly emoji?: unknown };
}

const LONGEST: Readonly<Record<string, number>> = { header: 150, section: 3000 };

function wrongWith({ text, blocks }: Fields): string | null {
  if (blocks === undefined && (typeof text !== 'string' || text === '')) return 'no_text';
  if (text !== undefined && Buffer.byteLength(String(text)) > 4000) return 'msg_too_long';
  if (blocks === undefined) return null;
  if (!Array.isArray(blocks) || blocks.length > 50) return 'invalid_blocks';
  for (const { type, text: words } of blocks as Block[]) {
    const most = LONGEST[String(type)];
    if (most === undefined || words === undefined || !['plain_text', 'mrkdwn'].includes(String(words.type))) return 'invalid_blocks';
    if (type === 'header' && words.type !== 'plain_text') return 'invalid_blocks';
    if (typeof words.text !== 'string' || words.text === '' || words.text.length > most) return 'invalid_blocks';
  }
  return (blocks as Block[]).reduce((sum, block) => sum + String(block.text?.text).length, 0) > 12_000 ? 'msg_blocks_too_long' : null;
}

/** What people read: plain_text as it stands, other text with its three escapes undone. */
const drawn = ({ text, blocks }: Fields): string => {
  if (!Array.isArray(blocks)) return String(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return (blocks as Block[]).map((block) => String(block.text?.text)).join('\n');
};

/** Everybody is called by `<!channel>`, one person by `<@U...>`, wherever text is read as mrkdwn; by @channel where names are linked. */
const loudness = ({ text, blocks, link_names }: Fields): string => {
  const read = [String(text ?? '')];
  for (const block of Array.isArray(blocks) ? (blocks as Block[]) : [])
    if (block.text?.type === 'mrkdwn') read.push(String(block.text.text));
  const called = read.some((words) => /<[!@#][^>]+>/.test(words) || (link_names === true && /@(channel|here|everyone)/.test(words)));
  return called ? 'called everybody' : 'quiet';
};

function post(asked: Fields, board: Board, ts: string): Reply {
  if (asked['channel'] === 'C_ELSEWHERE') return refuse('not_in_channel');
  if (asked['channel'] !== SLACK.channel && asked['channel'] !== '#ops') return refuse('channel_not_found');
  board.put({ id: ts, title: '', text: drawn(asked), loud: loudness(asked) });
  return json(200, { ok: true, channel: SLACK.channel, ts, message: { type: 'message', subtype: 'bot_message', text: asked['text'], ts } });
}

function update(asked: Fields, board: Board): Reply {
  if (asked['channel'] !== SLACK.channel) return refuse('channel_not_found');
  if (!board.replace(String(asked['ts']), { text: drawn(asked), loud: loudness(asked) })) return refuse('message_not_found');
  return json(200, { ok: true, channel: SLACK.channel, ts: asked['ts'], text: asked['text'] });
}
