import { z } from 'zod';
import type { Alert, Delivery } from '../../core/index.ts';
import { clip } from '../clip.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import { notThere } from '../exchange/refusals.ts';
import type { Answer } from '../exchange/request.ts';
import { channelKind, type Refused } from '../kind.ts';
import { list, text, webUrl } from '../options.ts';
import { takenAs } from '../words/answered.ts';
import { below, pageTo } from '../words/page-to.ts';

interface Complaint {
  readonly remedy: string;
  readonly missing?: true;
  readonly instead?: readonly string[];
}

const schema = z
  .strictObject({
    url: webUrl('write the address of the Apprise API, like http://10.0.0.5:8000'),
    key: text('write the key of a configuration that the server keeps, letters, digits, - and _', {
      like: /^[A-Za-z0-9_-]{1,128}$/,
    }).optional(),
    urls: list('write Apprise URLs, like ["pover://user@token"]', {
      most: 50,
      like: /^[a-z0-9]{2,30}:\/\/[^\s\p{Cc}]{1,2000}$/iu,
    }).optional(),
    tag: text('write the tag of those who are told; only with a key', { most: 200 }).optional(),
  })
  .superRefine(({ key, urls, tag }, context) => {
    // A key may stand in a file, which is not read yet: what is missing then is no fault.
    const complain = (path: string, message: string, params: Complaint): void =>
      context.addIssue({ code: 'custom', path: [path], message, params });
    if (key !== undefined && urls !== undefined) complain('urls', 'it stands beside a key', { remedy: 'keep one of the two' });
    if (key === undefined && tag !== undefined)
      complain('key', 'it is missing beside a tag', { remedy: 'name a key, or drop the tag', missing: true });
    else if (key === undefined && urls === undefined)
      complain('key', 'it is missing', { remedy: 'name a key that the server keeps, or urls = [...]', missing: true, instead: ['urls'] });
  });

const TYPES: Readonly<Record<Alert['urgency'], string>> = { low: 'info', normal: 'info', high: 'warning', critical: 'failure' };

const typeOf = (alert: Alert | undefined): string => (alert?.kind === 'resolved' ? 'success' : TYPES[alert?.urgency ?? 'normal']);

export const apprise = channelKind({
  kind: 'apprise',
  what: 'an Apprise API server, and through it whatever it speaks to',
  edits: false,
  schema,
  secrets: ['key', 'urls'],
  urls: ['url'],
  create: ({ url, key, urls, tag }, world) => ({
    name: `apprise at ${new URL(url).host}`,
    async send({ subject, text: body, alert }, signal, overhear) {
      const page = {
        title: clip(subject, 250),
        body: clip(body, 10_000),
        type: typeOf(alert),
        format: 'text',
        ...(urls && { urls: urls.join(',') }),
        ...(tag && { tag }),
      };
      const to = below(url, `notify${key === undefined ? '' : `/${key}`}`);
      return judged(await world.exchange(pageTo(to, page), { signal, overhear }));
    },
  }),
});

function judged(answer: Answer | Refused): Delivery {
  if ('outcome' in answer) return answer;
  const { status, from, body } = answer;
  // 204: the server keeps nothing under that key, or nobody has that tag. 424: one of those behind it was not reached.
  if (status === 204) return notThere(`${from} has nobody to tell`, 'check key and tag on the server');
  // Each version says something else when it told somebody, but none answers with a whole page.
  if (status === 200 && A_PAGE.test(body)) return takenAs('', { ...answer, cut: false }, 'Apprise');
  const delivery = judgeAnswer(answer, {
    424: 'check on the server whom it could not reach',
    404: 'check the address, and that it is an Apprise API server',
  });
  return status === 424 && delivery.outcome === 'refused' ? { ...delivery, again: true } : delivery;
}

const A_PAGE = /^\s*<(?:!doctype|html)\b/i;
