import { z } from 'zod';
import { judgeAnswer } from '../exchange/judge.ts';
import { readTarget } from '../exchange/target.ts';
import { channelKind } from '../kind.ts';
import { text, webUrl } from '../options.ts';
import { fieldsOf, takenAs, wordOf } from '../words/answered.ts';
import { cutText } from '../words/cut.ts';
import { below, pageTo } from '../words/page-to.ts';
import { stillLinks } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

const schema = z.strictObject({
  server: webUrl('write the URL of the server, like https://gotify.example.org'),
  token: text('write the token of an application (not of a client)', { like: /^[\x21-\x7e]+$/ }),
});

/** The apps: below 4 no sound, from 8 on they insist. */
const PRIORITY = { low: 2, normal: 5, high: 8, critical: 10 } as const;
const MOST = 16_000;
const TOKEN = 'check the token: it must be that of an application';

export const gotify = channelKind({
  kind: 'gotify',
  what: 'a push by a Gotify server of yours',
  edits: false,
  schema,
  secrets: ['token'],
  urls: ['server'],
  create({ server, token }, world) {
    const target = readTarget(server);
    return {
      name: `gotify at ${target.ok ? target.value.origin : 'a server'}`,
      async send(message, signal, overhear) {
        const { subject, text: words } = toldBy(message);
        const page = {
          title: stillLinks(subject),
          message: cutText(words === '' ? subject : words, { most: MOST, as: stillLinks }),
          priority: PRIORITY[message.alert?.urgency ?? 'normal'],
          extras: { 'client::display': { contentType: 'text/plain' } },
        };
        const answer = await world.exchange(pageTo(below(server, 'message'), page, { headers: { 'X-Gotify-Key': token } }), {
          signal,
          overhear,
        });
        const delivery = judgeAnswer(answer, { 401: TOKEN, 403: TOKEN });
        if ('outcome' in answer || delivery.outcome === 'refused') return delivery;
        return takenAs(wordOf(fieldsOf(answer)['id']), answer, 'Gotify');
      },
    };
  },
});
