import { MOST_OPEN, type OverviewJson } from '../../contract/index.ts';
import { type ChangeFamily, Fault } from '../../core/index.ts';
import { peopleOf } from '../../inventory/index.ts';
import type { Keeper } from '../../watch/index.ts';
import type { ApiContext } from '../context.ts';
import { typeOf } from '../guesses.ts';
import { incidentToJson } from '../json/incident.ts';
import { countsIn } from '../json/row.ts';
import { runningToJson } from '../json/scan.ts';
import { instantOrNull, instantToJson, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { idOf } from './map.ts';

const MOST_INCIDENTS = 200;
const MOST_PEOPLE = 200;

export const overviewHandlers = () => ({
  get: operations.overview.get.handler(async ({ context, input: { since } }): Promise<OverviewJson> => {
    const { keeper } = context;
    const { site, seq, at, devices } = keeper.roll();
    const { troubles, limits = [] } = keeper.status();
    const open = await keeper.incidents({ open: true, limit: MOST_INCIDENTS });
    const people = peopleOf(devices, typeOf).slice(0, MOST_PEOPLE);
    return {
      site,
      seq,
      at: instantOrNull(at),
      counts: countsIn(devices),
      people: people.map(({ name, is }) => ({ name, is })),
      incidents: { open: open.length, newest: open.slice(0, MOST_OPEN).map(incidentToJson) },
      drift: await driftOf(context),
      changes: await changesSince(context, since),
      running: keeper.running().map(runningToJson),
      unseen: unseenIn(keeper),
      troubles: [...troubles],
      limits: [...limits],
    };
  }),
});

async function changesSince(context: ApiContext, text: string): Promise<OverviewJson['changes']> {
  const now = nowOf(context);
  const since = readMoment(text, now);
  const { families, kinds } = await context.keeper.countChanges({ since, until: Math.max(now, since + 1), slots: 1 });
  const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const sums = [...families].map(([family, counts]): [ChangeFamily, number] => [family, counts[0] ?? 0]);
  return { since: instantToJson(since), total, families: Object.fromEntries(sums) };
}

function unseenIn(keeper: Keeper): OverviewJson['unseen'] {
  return keeper
    .segments()
    .filter(({ unseen, stale }) => unseen !== null || stale)
    .map((segment) => {
      const { target, text, unseen, lookedAt, stale } = segment;
      const since = unseen && { since: instantToJson(unseen.since), cause: unseen.cause };
      return { id: idOf(segment), target, block: text, unseen: since, lookedAt: instantOrNull(lookedAt), stale };
    });
}

/** Drift of a large network takes longer to judge than a page waits; what people say of it is no change that is numbered. */
const RECOUNT = 10_000;

const counted = new WeakMap<Keeper, { readonly at: number; readonly count: Promise<number | null> }>();

function driftOf(context: ApiContext): Promise<number | null> {
  const { keeper } = context;
  const now = nowOf(context);
  const known = counted.get(keeper);
  if (known && Math.abs(now - known.at) < RECOUNT) return known.count;
  const count = countDrift(keeper);
  counted.set(keeper, { at: now, count });
  count.catch(() => counted.delete(keeper));
  return count;
}

async function countDrift(keeper: Keeper): Promise<number | null> {
  try {
    const { items } = await keeper.drift({ target: null, at: null });
    return items.length;
  } catch (failure) {
    if (failure instanceof Fault && failure.code === 'not-found') return null; // nothing was approved yet
    throw failure;
  }
}
