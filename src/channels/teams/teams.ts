import { z } from 'zod';
import { judgeAnswer } from '../exchange/judge.ts';
import { readTarget } from '../exchange/target.ts';
import { channelKind } from '../kind.ts';
import { webUrl } from '../options.ts';
import { pageTo } from '../words/page-to.ts';
import { pageOf } from './card.ts';

const schema = z.strictObject({
  url: webUrl('write the URL of a flow "Post to a channel when a webhook request is received" (Workflows of the channel)'),
});

const HOOK = 'copy the URL of the flow again, signature and all, and check that the flow is on';

export const teams = channelKind({
  kind: 'teams',
  what: 'a card in Microsoft Teams, by a flow of Workflows',
  edits: false,
  schema,
  secrets: ['url'],
  urls: ['url'],
  create({ url }, world) {
    const target = readTarget(url);
    return {
      name: `teams by ${target.ok ? target.value.host : 'a flow'}`,
      async send(message, signal, overhear) {
        const answer = await world.exchange(pageTo(url, pageOf(message)), { signal, overhear });
        return judgeAnswer(answer, { 400: HOOK, 401: HOOK, 403: HOOK, 404: HOOK });
      },
    };
  },
});
