import { z } from 'zod';
import { judgeAnswer } from '../exchange/judge.ts';
import { channelKind } from '../kind.ts';
import { webUrl } from '../options.ts';
import { takenAs } from '../words/answered.ts';
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
        return 'status' in answer && delivery.outcome === 'delivered' && answer.body.trim() !== 'ok'
          ? takenAs('', answer, 'Slack')
          : delivery;
      },
    };
  },
});
