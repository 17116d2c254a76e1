import { z } from 'zod';
import type { Delivery, JsonObject } from '../../core/index.ts';
import { judgeAnswer, saidBy } from '../exchange/judge.ts';
import { notNow, notThere, notThis } from '../exchange/refusals.ts';
import type { Answer } from '../exchange/request.ts';
import { channelKind, type Refused } from '../kind.ts';
import { text, webUrl } from '../options.ts';
import { fieldsOf, replaceable, wordOf } from '../words/answered.ts';
import { below, pageTo } from '../words/page-to.ts';
import { pageOf } from './blocks.ts';

const schema = z.strictObject({
  token: text('write the token of the bot, like xoxb-...', { like: /^xox[a-z]-[\w-]{10,250}$/ }),
  channel: text('write the id of the channel, like C0123456789, or its #name', {
    like: /^[CDGU][A-Z0-9]{6,20}$|^#[\p{Ll}\p{N}_-]{1,80}$/u,
  }),
  server: webUrl('write https://slack-gov.com for GovSlack').default('https://slack.com'),
});

const TOKEN = 'check the token of the bot, and that the app is installed';
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  account_inactive: TOKEN,
  token_revoked: TOKEN,
  token_expired: TOKEN,
  missing_scope: 'give the bot the scope chat:write, and install the app anew',
  not_in_channel: 'invite the bot into the channel: /invite @its-name',
  channel_not_found: 'check the channel; into a private one the bot must be invited first',
  is_archived: 'name a channel that is not archived',
};
const FOR_NOW = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
const ABOUT_MESSAGE = new Set(['msg_too_long', 'msg_blocks_too_long', 'no_text', 'invalid_blocks', 'invalid_arguments', 'invalid_json']);
/** Of an edit; the last ones: it stands in a channel that is not ours any more, while ours may be another one by now. */
const IS_GONE = new Set([
  'message_not_found',
  'edit_window_closed',
  'cant_update_message',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);

/** A bot with a token: its messages can be replaced. */
export const slackBot = channelKind({
  kind: 'slack-bot',
  what: 'a message of a Slack bot, which it replaces when there is more to tell',
  edits: true,
  schema,
  secrets: ['token'],
  urls: ['server'],
  create({ token, channel, server }, world) {
    const headers = { Authorization: `Bearer ${token}` };
    return {
      name: `slack channel ${channel}`,
      async send(message, signal, overhear) {
        const call = (method: string, body: JsonObject) =>
          world.exchange(pageTo(below(server, `api/${method}`), body, { headers }), { signal, overhear });
        const page = pageOf(message);
        const [, where, ts] = /^([A-Z0-9]{1,40}):(\d{1,20}\.\d{1,10})$/.exec(message.alert?.replaces ?? '') ?? [];
        const edited = where !== undefined && ts !== undefined ? await call('chat.update', { ...page, channel: where, ts }) : null;
        if (edited !== null && !isGone(edited)) return judged(edited);
        return judged(await call('chat.postMessage', { ...page, channel }));
      },
    };
  },
});

const wrongIn = (answer: Answer): string => wordOf(fieldsOf(answer)['error']);

const isGone = (answer: Answer | Refused): boolean => 'status' in answer && answer.status === 200 && IS_GONE.has(wrongIn(answer));

/** What goes wrong comes with 200, too. */
function judged(answer: Answer | Refused): Delivery {
  const delivery = judgeAnswer(answer);
  if ('outcome' in answer || delivery.outcome === 'refused') return delivery;
  const { ok, channel, ts } = fieldsOf(answer);
  if (ok === true || wrongIn(answer) === '') return replaceable(ok === true ? `${wordOf(channel)}:${wordOf(ts)}` : '', answer, 'Slack');
  const wrong = wrongIn(answer);
  const reason = `${answer.from} answered ${saidBy(answer)}`;
  if (FOR_NOW.has(wrong)) return notNow(reason, 'nothing, if it goes away by itself');
  return ABOUT_MESSAGE.has(wrong)
    ? notThis(reason, 'check what Slack takes')
    : notThere(reason, REMEDIES[wrong] ?? 'check token and channel');
}
