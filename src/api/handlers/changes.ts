import type { ChangeKind, ChangeQuery } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { changesToJson } from '../json/change.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

interface ChangeQuestion {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly afterSeq?: number | undefined;
  readonly device?: string | undefined;
  readonly kind?: ChangeKind | readonly ChangeKind[] | undefined;
  readonly limit: number;
}

export const changeHandlers = () => ({
  list: operations.changes.list.handler(async ({ context, input }) => {
    const query = queryOf(input, context);
    const changes = await context.keeper.changes(query);
    return changesToJson(query.newestFirst ? changes.toReversed() : changes, context.keeper.roll().devices);
  }),
});

/** Without a beginning the newest are meant; the answer is in order all the same. */
function queryOf({ since, until, afterSeq, device, kind, limit }: ChangeQuestion, context: ApiContext): ChangeQuery {
  const now = nowOf(context);
  return {
    limit,
    newestFirst: since === undefined && afterSeq === undefined,
    ...(since === undefined ? {} : { since: readMoment(since, now) }),
    ...(until === undefined ? {} : { until: readMoment(until, now) }),
    ...(afterSeq === undefined ? {} : { afterSeq }),
    ...(device === undefined ? {} : { device: context.keeper.findDevice(device).id }),
    ...(kind === undefined ? {} : { kinds: [kind].flat() }),
  };
}
