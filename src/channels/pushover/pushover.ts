import { z } from 'zod';
import type { Alert, Delivery, Message } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import { notThere } from '../exchange/refusals.ts';
import type { Answer } from '../exchange/request.ts';
import { channelKind } from '../kind.ts';
import { flag, text, webUrl, whole } from '../options.ts';
import { fieldsOf, takenAs, wordOf } from '../words/answered.ts';
import { cutLine, cutText, inCharacters } from '../words/cut.ts';
import { below, pageTo } from '../words/page-to.ts';
import { stillLinks } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

const KEY = /^[A-Za-z0-9]{30}$/;

const schema = z.strictObject({
  token: text('write the API token of your application, 30 letters and digits', { like: KEY }),
  user: text('write your user key or a group key, 30 letters and digits', { like: KEY }),
  device: text('write the name of one of your devices; without it all are told', { like: /^[\w-]{1,25}$/ }).optional(),
  emergency: flag('write true: what is critical rings until you acknowledge it in the app').default(false),
  retry: whole('write how many seconds after which it rings again, from 30 on', { least: 30, most: 10_800 }).default(60),
  expire: whole('write after how many seconds it stops ringing, at most 10800', { least: 30, most: 10_800 }).default(3600),
  server: webUrl('write the URL of another server that speaks as Pushover does').default('https://api.pushover.net'),
});

const PRIORITY = { low: -1, normal: 0, high: 1, critical: 1 } as const;
const MOST = { title: 250, message: 1024 } as const;
/** What Pushover says no to with 400 is seldom the message. */
const ABOUT_CHANNEL = ['token', 'user', 'device'];

export const pushover = channelKind({
  kind: 'pushover',
  what: 'a push by Pushover',
  edits: false,
  schema,
  secrets: ['token', 'user'],
  urls: ['server'],
  create({ token, user, device, emergency, retry, expire, server }, world) {
    const always = { token, user, ...(device !== undefined && { device }) };
    return {
      name: 'pushover',
      async send(message, signal, overhear) {
        const { alert } = message;
        const rings = emergency && isEmergency(alert) && { priority: 2, retry, expire, tags: alert.thread };
        const sending = { signal, overhear };
        const answer = await world.exchange(pageTo(below(server, '1/messages.json'), { ...always, ...pageOf(message), ...rings }), sending);
        // What is over need not ring on; where that fails it stops by itself.
        if (emergency && alert !== undefined && isOver(alert))
          await world.exchange(
            pageTo(below(server, `1/receipts/cancel_by_tag/${encodeURIComponent(alert.thread)}.json`), { token }),
            sending,
          );
        return 'outcome' in answer ? answer : judged(answer);
      },
    };
  },
});

function pageOf(message: Message) {
  const { subject, text: words } = toldBy(message);
  return {
    title: cutLine(stillLinks(subject), { most: MOST.title, measure: inCharacters }),
    message: cutText(words === '' ? subject : words, { most: MOST.message, measure: inCharacters, as: stillLinks }),
    timestamp: Math.floor(message.at / 1000),
    priority: PRIORITY[message.alert?.urgency ?? 'normal'],
  };
}

const isOver = ({ kind, incident }: Alert): boolean => kind === 'resolved' || incident?.state === 'over';

const isEmergency = (alert: Alert | undefined): alert is Alert => alert?.urgency === 'critical' && !isOver(alert);

function judged(answer: Answer): Delivery {
  const delivery = judgeAnswer(answer);
  const fields = fieldsOf(answer);
  if (delivery.outcome === 'delivered') return takenAs(fields['status'] === 1 ? wordOf(fields['request']) : '', answer, 'Pushover');
  if (answer.status === 429 && answer.headers['x-limit-app-remaining'] === '0')
    return notThere(delivery.reason, 'wait for the next month, or buy more messages at pushover.net');
  if (answer.status === 400 && ABOUT_CHANNEL.some((key) => fields[key] !== undefined))
    return notThere(delivery.reason, 'check token, user and device');
  return delivery;
}
