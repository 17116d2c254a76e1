import type { FollowItem } from '../contract/index.ts';
import { Fault, type ScanId } from '../core/index.ts';
import type { FeedItem, Keeper, ScanResult } from '../watch/index.ts';
import { FeedReader } from './feed-reader.ts';
import { hostToJson, resultToJson } from './json/result.ts';
import { refusalOf } from './refusal.ts';

export interface FollowOrder {
  readonly keeper: Keeper;
  readonly id: ScanId;
  readonly signal?: AbortSignal | undefined;
}

/** Follows a scan begun by hand to its result. Fault not-found when there is no such scan, or its result is not remembered. */
export async function followScan(order: FollowOrder): Promise<AsyncGenerator<FollowItem, void, void>> {
  const done = order.keeper.resultOf(order.id);
  if (done) return followItems(order, done);
  await order.keeper.scan(order.id);
  throw new Fault(
    'not-found',
    `following scan ${order.id}: only scans begun by hand can be followed, and for a while after`,
    `ask for scan ${order.id} itself, or follow everything live`,
  );
}

async function* followItems({ keeper, id, signal }: FollowOrder, done: Promise<ScanResult>): AsyncGenerator<FollowItem, void, void> {
  const feed = new FeedReader({ keeper, signal, wants: (item) => newsOf(item, id) !== undefined });
  const close = (): void => feed.close();
  void done.then(close, close);
  try {
    for (let item = await feed.next(); item; item = await feed.next()) yield newsOf(item, id) as FollowItem;
    if (signal?.aborted) return;
    const result = await resultToJson(await done, keeper.roll().devices);
    yield { kind: 'result', result };
  } catch (failure) {
    throw refusalOf(failure);
  } finally {
    feed.close();
  }
}

/** What a feed item says about this scan, if anything. */
function newsOf(item: FeedItem, id: ScanId): FollowItem | undefined {
  if (item.kind === 'scan.progress' && item.scan === id) return { ...item, kind: 'progress' };
  if (item.kind === 'scan.host' && item.scan === id) return { kind: 'host', scan: id, host: hostToJson(item.observation) };
  return undefined;
}
