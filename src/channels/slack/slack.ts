import { z } from 'zod';
import { judgeAnswer } from '../exchange/judge.ts';
import { notThere } from '../exchange/refusals.ts';
import { channelKind } from '../kind.ts';
import { webUrl } from '../options.ts';
import { pageTo } from '../words/page-to.ts';
import { pageOf } from './blocks.ts';

const schema = z.strictObject({ url: webUrl('write the URL of an incoming webhook, like https://hooks.slack.com/services/T.../B.../...') });

const HOOK = 'check the URL of the webhook, and that its channel is not archived';

/** An incoming webhook: it takes messages, and nothing more. */
export const slack = channelKind({
  kind: 'slack',
  what: 'a message of a Slack incoming webhook',
  edits: false,
  schema,
  secrets: ['url'],
  urls: ['url'],
  create({ url }, world) {
    return {
      name: 'slack webhook',
      async send(message, signal, overhear) {
        const answer = await world.exchange(pageTo(url, pageOf(message)), { signal, overhear });
        const delivery = judgeAnswer(answer, { 403: HOOK, 404: HOOK, 410: HOOK });
        // Whatever else says 200 is not Slack (a sign-in page of a hotel, say).
        if ('status' in answer && delivery.outcome === 'delivered' && answer.body.trim() !== 'ok')
          return notThere(`${answer.from} did not answer "ok"`, HOOK);
        return delivery;
      },
    };
  },
});
