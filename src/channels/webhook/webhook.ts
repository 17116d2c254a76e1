import { z } from 'zod';
import { judgeAnswer } from '../exchange/judge.ts';
import { readTarget } from '../exchange/target.ts';
import { channelKind } from '../kind.ts';
import { choice, text, texts, webUrl } from '../options.ts';
import { pageOf } from './page.ts';
import { signatureOf } from './signature.ts';

/** Headers that say how long the body is, where it goes, or who signed it are ours. */
const OWN_HEADER =
  /^(?!(?:host|content-length|transfer-encoding|connection|te|trailer|upgrade|expect|proxy-.*|idempotency-key|x-rollcall-.*)$)[a-z0-9-]{1,100}$/i;

const schema = z.strictObject({
  url: webUrl('write the URL to send to, like https://example.org/hook'),
  method: choice('write POST or PUT', ['POST', 'PUT']).default('POST'),
  secret: text('write a secret of 16 characters or more that the receiver knows, too: each message is signed with it', {
    like: /^.{16,}$/,
  }).optional(),
  headers: texts('write headers to add, like { Authorization = "Bearer ..." }', { most: 20, names: OWN_HEADER }).optional(),
});

export const webhook = channelKind({
  kind: 'webhook',
  what: 'JSON by HTTP to a URL of yours, signed',
  edits: true,
  schema,
  secrets: ['url', 'secret', 'headers'],
  urls: ['url'],
  create({ url, method, secret, headers }, world) {
    const target = readTarget(url);
    return {
      name: `webhook at ${target.ok ? target.value.origin : 'a URL'}`,
      async send(message, signal, overhear) {
        const { id } = message;
        const body = JSON.stringify(pageOf(message));
        const timestamp = Math.floor(world.now() / 1000);
        const signed = secret === undefined ? {} : signatureOf({ secret, timestamp, id, body });
        const sent = { 'Content-Type': 'application/json', ...headers, 'Idempotency-Key': id, 'X-Rollcall-Id': id, ...signed };
        const delivery = judgeAnswer(await world.exchange({ method, url, headers: sent, body }, { signal, overhear }));
        return delivery.outcome === 'delivered' ? { ...delivery, handle: id } : delivery;
      },
    };
  },
});
