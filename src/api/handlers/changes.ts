import type { HistogramJson } from '../../contract/index.ts';
import { type ChangeFamily, type ChangeKind, type ChangeQuery, type DeviceId, Fault, inKindOrder, kindsOf } from '../../core/index.ts';
import type { ChangeQuestion } from '../../watch/index.ts';
import { chosenAmong } from '../chosen.ts';
import type { ApiContext } from '../context.ts';
import { changesToJson } from '../json/change.ts';
import { instantToJson, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

type Several<Word> = Word | readonly Word[] | undefined;

interface Choice {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly afterSeq?: number | undefined;
  readonly beforeSeq?: number | undefined;
  readonly device?: string | undefined;
  readonly filter?: string | undefined;
  readonly kind?: Several<ChangeKind>;
  readonly family?: Several<ChangeFamily>;
}

export const changeHandlers = () => ({
  list: operations.changes.list.handler(async ({ context, input: { limit, ...choice } }) => {
    const { keeper } = context;
    // Without a beginning the newest are meant; the answer is in order all the same.
    const order = { limit, newestFirst: choice.since === undefined && choice.afterSeq === undefined };
    const changes =
      choice.filter === undefined
        ? await keeper.changes({ ...queryOf(choice, context), ...order })
        : await keeper.changesWhere({ ...(await meantBy(choice, context)), ...order });
    return changesToJson(order.newestFirst ? changes.toReversed() : changes, keeper.roll().devices);
  }),
  histogram: operations.changes.histogram.handler(async ({ context, input: { slots, ...choice } }): Promise<HistogramJson> => {
    const now = nowOf(context);
    const since = readMoment(choice.since, now);
    const until = choice.until === undefined ? now : readMoment(choice.until, now);
    if (since >= until)
      throw new Fault('bad-input', `counting changes since ${instantToJson(since)}: that is its end, or after it`, 'begin it earlier');
    const { families, kinds } = await context.keeper.countChanges({ ...(await meantBy(choice, context)), since, until, slots });
    return {
      since: instantToJson(since),
      until: instantToJson(until),
      slots,
      seconds: (until - since) / slots / 1000,
      total: [...kinds.values()].reduce((sum, count) => sum + count, 0),
      families: Object.fromEntries([...families].map(([family, counts]) => [family, [...counts]])),
      kinds: Object.fromEntries(kinds),
    };
  }),
});

function queryOf({ device, ...choice }: Choice, context: ApiContext): Omit<ChangeQuery, 'limit'> {
  return { ...whenAndWhat(choice, context), ...(device === undefined ? {} : { device: context.keeper.findDevice(device).id }) };
}

async function meantBy(choice: Choice, context: ApiContext): Promise<Omit<ChangeQuestion, 'limit' | 'newestFirst'>> {
  const { device, filter } = choice;
  const when = whenAndWhat(choice, context);
  if (device === undefined && filter === undefined) return when;
  const named = device === undefined ? context.keeper.roll().devices : [context.keeper.findDevice(device)];
  const fitting = await chosenAmong(context, named, { filter });
  return { ...when, devices: new Set<DeviceId>(fitting.map(({ id }) => id)) };
}

function whenAndWhat({ since, until, afterSeq, beforeSeq, kind, family }: Choice, context: ApiContext) {
  const now = nowOf(context);
  const kinds = kindsMeant(kind, family);
  return {
    ...(since === undefined ? {} : { since: readMoment(since, now) }),
    ...(until === undefined ? {} : { until: readMoment(until, now) }),
    ...(afterSeq === undefined ? {} : { afterSeq }),
    ...(beforeSeq === undefined ? {} : { beforeSeq }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** Those named, and those of the families named; undefined: all. */
function kindsMeant(kind: Several<ChangeKind>, family: Several<ChangeFamily>): readonly ChangeKind[] | undefined {
  if (kind === undefined && family === undefined) return undefined;
  return inKindOrder([...[kind ?? []].flat(), ...[family ?? []].flat().flatMap((one) => kindsOf(one))]);
}
