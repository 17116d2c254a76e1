import { z } from 'zod';
import type { Channel, Message } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import { readTarget } from '../exchange/target.ts';
import { channelKind, type KindWorld } from '../kind.ts';
import { choice, lines, text, texts, webUrl } from '../options.ts';
import { bodyOf, FORMATS } from './body.ts';
import { signatureOf } from './signature.ts';
import { checkTemplate, TEMPLATE_TYPES } from './template.ts';

/** Headers that say how long the body is, where it goes, or who signed it are ours. */
const OWN_HEADER =
  /^(?!(?:host|content-length|content-type|transfer-encoding|connection|te|trailer|upgrade|expect|proxy-.*|idempotency-key|x-rollcall-.*)$)[a-z0-9-]{1,100}$/i;

const schema = z
  .strictObject({
    url: webUrl('write the URL to send to, like https://example.org/hook'),
    method: choice('write POST or PUT', ['POST', 'PUT']).default('POST'),
    format: choice('write json (all of the alert), ifttt (value1, value2, value3) or template', FORMATS).default('json'),
    template: lines('write the text to send, with variables like {{title}}; only with format = "template"').optional(),
    content_type: choice('write what the template makes', TEMPLATE_TYPES).default('application/json'),
    secret: text('write a secret of 16 characters or more that the receiver knows, too: each message is signed with it', {
      like: /^.{16,}$/,
    }).optional(),
    headers: texts('write headers to add, like { Authorization = "Bearer ..." }', { most: 20, names: OWN_HEADER }).optional(),
  })
  .superRefine(({ format, template, content_type: type }, context) => {
    const complain = (message: string, remedy: string): void =>
      context.addIssue({ code: 'custom', path: ['template'], message, params: { remedy } });
    if (format !== 'template' && template !== undefined)
      complain(`it stands beside format = "${format}"`, 'write format = "template", or drop it');
    if (format === 'template' && template === undefined) complain('it is missing', 'write the text to send, like "{{title}}"');
    const judged = template === undefined || format !== 'template' ? undefined : checkTemplate(template, type);
    if (judged?.ok === false) complain(judged.reason, judged.remedy);
  });

type Options = z.output<typeof schema>;

export const webhook = channelKind({
  kind: 'webhook',
  what: 'JSON by HTTP to a URL of yours, signed; IFTTT, or a template of yours',
  edits: true,
  schema,
  secrets: ['url', 'secret', 'headers'],
  urls: ['url'],
  create: (options, world): Channel => {
    const target = readTarget(options.url);
    return {
      name: `webhook at ${target.ok ? target.value.origin : 'a URL'}`,
      async send(message, signal, overhear) {
        const delivery = judgeAnswer(await world.exchange(requestOf(message, options, world), { signal, overhear }));
        // Of the other formats nobody can know that one message takes the place of another.
        return delivery.outcome === 'delivered' && options.format === 'json' ? { ...delivery, handle: message.id } : delivery;
      },
    };
  },
});

function requestOf(message: Message, { url, method, secret, headers, ...terms }: Options, world: KindWorld) {
  const { id } = message;
  const { type, body } = bodyOf(message, terms);
  const timestamp = Math.floor(world.now() / 1000);
  const signed = secret === undefined ? {} : signatureOf({ secret, timestamp, id, body });
  return { method, url, body, headers: { 'Content-Type': type, ...headers, 'Idempotency-Key': id, 'X-Rollcall-Id': id, ...signed } };
}
