import { Fault } from '../../core/index.ts';
import type { Alerting } from '../../watch/index.ts';
import { notificationToJson } from '../json/notification.ts';
import { operations } from '../operations.ts';
import { mapInSlices } from '../slices.ts';

/** Dead ones sent anew by one request. */
const AT_ONCE = 1000;

export const notificationHandlers = () => ({
  list: operations.notifications.list.handler(async ({ context, input: { state, channel, incident, before, limit } }) => {
    const query = {
      limit,
      ...(state !== undefined && { states: [state].flat() }),
      ...(channel !== undefined && { channel }),
      ...(incident !== undefined && { incident }),
      ...(before !== undefined && { before }),
    };
    return mapInSlices(await context.keeper.notifications(query), notificationToJson);
  }),
  resend: operations.notifications.resend.handler(async ({ context, input: { ids, dead, channel } }) => {
    if ((ids === undefined) === (dead === undefined) || (channel !== undefined && !dead))
      throw new Fault(
        'bad-input',
        'sending notifications anew: which ones is not clear',
        'give their ids, or "dead" with or without a channel',
      );
    const alerting = context.keeper;
    const meant = ids ?? (await deadOnes(alerting, channel));
    return mapInSlices(meant.length === 0 ? [] : await alerting.resend(meant), notificationToJson);
  }),
});

/** In the order of the outbox. */
async function deadOnes(alerting: Alerting, channel: string | undefined): Promise<number[]> {
  const dead = await alerting.notifications({ states: ['dead'], limit: AT_ONCE, ...(channel !== undefined && { channel }) });
  return dead.map(({ id }) => id).reverse();
}
