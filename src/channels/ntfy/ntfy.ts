import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Alert, Delivery, Message } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import type { Answer } from '../exchange/request.ts';
import { readTarget } from '../exchange/target.ts';
import { channelKind, type Refused } from '../kind.ts';
import { list, text, webUrl } from '../options.ts';
import { fieldsOf, takenAs, wordOf } from '../words/answered.ts';
import { cutText, inJson } from '../words/cut.ts';
import { below, pageTo } from '../words/page-to.ts';
import { stillLinks } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

const REMEDY = 'write user and password, or a token';
const lonely = (key: string) => ({
  code: 'custom' as const,
  path: [key],
  message: 'it is missing',
  params: { missing: true, remedy: REMEDY },
});

const schema = z
  .strictObject({
    server: webUrl('write the URL of the server').default('https://ntfy.sh'),
    topic: text('write the topic: letters, digits, - and _; at most 64. Whoever knows it can read it on an open server', {
      like: /^[-\w]{1,64}$/,
    }),
    token: text('write an access token, like tk_...', { like: /^[\x21-\x7e]+$/ }).optional(),
    user: text('write the user', { like: /^[^:]+$/ }).optional(),
    password: text('write the password of the user').optional(),
    tags: list('write tags, like ["house"]', { most: 5, like: /^[\w+-]{1,40}$/ }).optional(),
    click: webUrl('write the URL that a tap opens, like that of the dashboard').optional(),
  })
  .superRefine(({ user, password }, context) => {
    if (user !== undefined && password === undefined) context.addIssue(lonely('password'));
    if (user === undefined && password !== undefined) context.addIssue(lonely('user'));
  });

const PRIORITY = { low: 2, normal: 3, high: 4, critical: 5 } as const;
/** More than 4096 bytes become a file; the whole page may have 8192. */
const MOST = 3800;
const LOGIN = 'check the token, or user and password, and that they may write to the topic';

export const ntfy = channelKind({
  kind: 'ntfy',
  what: 'a push by ntfy, of ntfy.sh or a server of your own',
  edits: true,
  schema,
  secrets: ['token', 'password', 'topic'],
  urls: ['server'],
  create({ server, topic, token, user, password, tags, click }, world) {
    const target = readTarget(server);
    const headers = token === undefined ? basic(user, password) : { Authorization: `Bearer ${token}` };
    const always = { topic, ...(click !== undefined && { click }) };
    return {
      name: `ntfy at ${target.ok ? target.value.origin : 'a server'}`,
      async send(message, signal, overhear) {
        const old = message.alert?.replaces ?? '';
        const sequence = SEQUENCE.test(old) ? old : sequenceOf(message);
        const page = {
          ...always,
          ...pageOf(message),
          tags: [...tagsOf(message.alert), ...(tags ?? [])],
          sequence_id: sequence,
        };
        return judged(await world.exchange(pageTo(below(server, ''), page, { headers }), { signal, overhear }), sequence);
      },
    };
  },
});

const basic = (user?: string, password?: string): Record<string, string> =>
  user === undefined ? {} : { Authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };

const SEQUENCE = /^[0-9a-f]{32}$/;

/** What is sent twice by accident takes its own place, where the server knows sequences. */
const sequenceOf = ({ id }: Message): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

function pageOf(message: Message) {
  const { subject, text: words } = toldBy(message);
  const shown = cutText(words === '' ? subject : words, { most: MOST, measure: inJson, as: stillLinks });
  return { title: stillLinks(subject), message: shown, priority: PRIORITY[message.alert?.urgency ?? 'normal'] };
}

/** ntfy draws these as signs. */
function tagsOf(alert: Alert | undefined): string[] {
  if (alert?.kind === 'resolved') return ['white_check_mark'];
  if (alert?.urgency === 'critical') return ['rotating_light'];
  return alert?.urgency === 'high' ? ['warning'] : [];
}

/** A server from before 2.16 knows no sequences, and says none. */
function judged(answer: Answer | Refused, sequence: string): Delivery {
  const delivery = judgeAnswer(answer, { 401: LOGIN, 403: LOGIN });
  if ('outcome' in answer || delivery.outcome === 'refused') return delivery;
  const { id, sequence_id } = fieldsOf(answer);
  const taken = takenAs(wordOf(id), answer, 'ntfy');
  return taken.outcome === 'delivered' && sequence_id === sequence ? { ...taken, handle: sequence } : taken;
}
