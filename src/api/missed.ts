import { type Change, Fault } from '../core/index.ts';
import type { FeedItem, Keeper, RollView } from '../watch/index.ts';

export type Committed = Extract<FeedItem, { kind: 'commit' }>;

/** More missed changes than this are not worth telling one by one. */
const MOST_MISSED = 1000;

export interface MissedOrder {
  readonly keeper: Keeper;
  readonly view: RollView;
  readonly lastEventId?: string | undefined;
}

/** The commits after a change the reader knows, up to the view; undefined when only a snapshot can help. */
export async function missedCommits({ keeper, view, lastEventId }: MissedOrder): Promise<Committed[] | undefined> {
  const afterSeq = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : Number.POSITIVE_INFINITY;
  if (afterSeq > view.seq || view.seq - afterSeq > MOST_MISSED) return undefined;
  if (afterSeq === view.seq) return [];
  const changes = await keeper.changes({ afterSeq, limit: view.seq - afterSeq });
  if (changes[0]?.seq !== afterSeq + 1) return undefined;
  try {
    return await Promise.all(byScan(changes).map((group) => commitOf(group, keeper, view)));
  } catch (failure) {
    // A scan forgotten by now: the reader gets the snapshot instead.
    if (failure instanceof Fault && failure.code === 'not-found') return undefined;
    throw failure;
  }
}

function byScan(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    if (group?.[0]?.scan === change.scan) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

async function commitOf(changes: readonly Change[], keeper: Keeper, view: RollView): Promise<Committed> {
  const last = changes.at(-1) as Change;
  const touched = new Set(changes.map(({ device }) => device));
  const { scan } = await keeper.scan(last.scan);
  return { kind: 'commit', seq: last.seq, scan, changes, devices: view.devices.filter(({ id }) => touched.has(id)) };
}
