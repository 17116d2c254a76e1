import { z } from 'zod';
import type { Delivery } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import type { Answer } from '../exchange/request.ts';
import { channelKind, type Refused } from '../kind.ts';
import { text, webUrl } from '../options.ts';
import { fieldsOf, laterBy, replaceable, wordOf } from '../words/answered.ts';
import { cutText } from '../words/cut.ts';
import { pageTo } from '../words/page-to.ts';
import { toldBy } from '../words/told.ts';
import { literal } from './markdown.ts';

const URL_REMEDY = 'write the URL of a webhook (channel settings, Integrations), like https://discord.com/api/webhooks/ID/TOKEN';
const isHook = (url: string): boolean => URL.canParse(url) && /^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+\/?$/.test(new URL(url).pathname);

const schema = z
  .strictObject({
    url: webUrl(URL_REMEDY),
    thread: text('write the id of a thread in the channel', { like: /^\d{1,20}$/ }).optional(),
  })
  .superRefine(({ url }, context) => {
    if (!isHook(url)) context.addIssue({ code: 'custom', path: ['url'], message: 'it is no webhook', params: { remedy: URL_REMEDY } });
  });

const MOST = 2000;
/** No previews of what stands in a text; and, for what is low, no sound. */
const FLAGS = { still: 4, silent: 4096 } as const;
/** It was deleted, or stands in a thread that was archived meanwhile: what is new opens that again. */
const UNKNOWN_MESSAGE = 10_008;
const ARCHIVED = 50_083;
const HOOK = 'check the URL of the webhook: it may have been deleted';

export const discord = channelKind({
  kind: 'discord',
  what: 'a message of a Discord webhook',
  edits: true,
  schema,
  secrets: ['url'],
  urls: ['url'],
  create({ url, thread }, world) {
    const name = `discord webhook ${/webhooks\/(\d+)/.exec(url)?.[1] ?? ''}`.trim();
    return {
      name,
      async send(message, signal, overhear) {
        const content = cutText(toldBy(message).whole, { most: MOST, as: literal });
        const said = { content, allowed_mentions: { parse: [] } };
        const call = (method: 'POST' | 'PATCH', to: string, flags: number) =>
          world.exchange(pageTo(to, { ...said, flags }, { method }), { signal, overhear });
        const old = message.alert?.replaces ?? '';
        const edited = /^\d{1,20}$/.test(old) ? await call('PATCH', hook(url, thread, old), FLAGS.still) : null;
        if (edited !== null && !isGone(edited)) return judged(edited);
        const flags = message.alert?.urgency === 'low' ? FLAGS.still | FLAGS.silent : FLAGS.still;
        return judged(await call('POST', hook(url, thread), flags));
      },
    };
  },
});

/** Of a message where `id` is given; else to make one and hear its id. */
function hook(text_: string, thread?: string, id?: string): string {
  const url = new URL(text_);
  url.pathname = url.pathname.replace(/\/$/, '') + (id === undefined ? '' : `/messages/${id}`);
  if (id === undefined) url.searchParams.set('wait', 'true');
  if (thread !== undefined) url.searchParams.set('thread_id', thread);
  return url.href;
}

function isGone(answer: Answer | Refused): boolean {
  if (!('status' in answer)) return false;
  const { code } = fieldsOf(answer);
  return (answer.status === 404 && code === UNKNOWN_MESSAGE) || (answer.status === 400 && code === ARCHIVED);
}

function judged(answer: Answer | Refused): Delivery {
  const delivery = judgeAnswer(answer, { 401: HOOK, 404: HOOK });
  if ('outcome' in answer) return delivery;
  const fields = fieldsOf(answer);
  if (delivery.outcome === 'refused') return laterBy(delivery, fields['retry_after'], 1000);
  return replaceable(wordOf(fields['id']), answer, 'Discord');
}
