import { withEventMeta } from '@orpc/server';
import type { CommitItem, LiveItem, RollJson } from '../contract/index.ts';
import type { FeedItem, Keeper, RollView } from '../watch/index.ts';
import { FeedReader } from './feed-reader.ts';
import { changesToJson } from './json/change.ts';
import { deviceToJson } from './json/device.ts';
import { incidentToJson } from './json/incident.ts';
import { notificationToJson } from './json/notification.ts';
import { hostToJson } from './json/result.ts';
import { scanToJson } from './json/scan.ts';
import { missedCommits } from './missed.ts';
import { rollToJson } from './rolls.ts';
import { mapInSlices } from './slices.ts';

export interface LiveOrder {
  readonly keeper: Keeper;
  readonly lastEventId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Version, then snapshot or what was missed, then everything as it happens, until the signal. */
export async function* liveItems({ keeper, lastEventId, signal }: LiveOrder): AsyncGenerator<LiveItem, void, void> {
  const feed = new FeedReader({ keeper, signal, wants: () => true });
  try {
    // Taken in the same turn as the subscription: nothing falls between the two, nothing is told twice.
    const view = keeper.roll();
    yield { kind: 'version', version: keeper.status().version, seq: view.seq };
    const missed = await missedCommits({ keeper, view, lastEventId });
    if (missed) for (const commit of missed) yield await itemToJson(commit, keeper);
    else yield snapshot(view, await rollToJson(view));
    for (let item = await feed.next(); item; item = await feed.next()) yield await itemToJson(item, keeper);
  } finally {
    feed.close();
  }
}

const numbered = (item: CommitItem): CommitItem => withEventMeta(item, { id: String(item.seq) });

const snapshots = new WeakMap<RollJson, LiveItem>();

/** One object per roll, so that a hundred readers at once cost one serialization. */
function snapshot(view: RollView, roll: RollJson): LiveItem {
  const known = snapshots.get(roll);
  if (known) return known;
  const item = withEventMeta({ kind: 'snapshot' as const, roll }, { id: String(view.seq) });
  snapshots.set(roll, item);
  return item;
}

const items = new WeakMap<FeedItem, Promise<LiveItem>>();

/** One object per item, so that a hundred readers cost one serialization. */
export function itemToJson(item: FeedItem, keeper: Keeper): Promise<LiveItem> {
  const json = items.get(item) ?? writeItem(item, keeper);
  items.set(item, json);
  return json;
}

async function writeItem(item: FeedItem, keeper: Keeper): Promise<LiveItem> {
  switch (item.kind) {
    case 'commit':
      return numbered(await commitToJson(item, keeper));
    case 'scan.started':
      return { kind: item.kind, scan: scanToJson(item.scan) };
    case 'scan.host':
      return { kind: item.kind, scan: item.scan, host: hostToJson(item.observation) };
    case 'incident.changed':
      return { kind: item.kind, incident: incidentToJson(item.incident) };
    case 'notification.changed':
      return { kind: item.kind, notification: notificationToJson(item.notification) };
    default:
      return { ...item };
  }
}

async function commitToJson(item: FeedItem & { kind: 'commit' }, keeper: Keeper): Promise<CommitItem> {
  const { seq, scan, changes, devices } = item;
  return {
    kind: 'commit',
    seq,
    scan: scanToJson(scan),
    changes: await changesToJson(changes, keeper.roll().devices),
    devices: await mapInSlices(devices, deviceToJson),
  };
}
