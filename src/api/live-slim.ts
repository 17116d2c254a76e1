import { withEventMeta } from '@orpc/server';
import type { LiveItem, SlimCommitItem, SlimItem } from '../contract/index.ts';
import type { Device } from '../core/index.ts';
import type { FeedItem, Keeper, RollView } from '../watch/index.ts';
import { FeedReader } from './feed-reader.ts';
import { changesToJson } from './json/change.ts';
import { rowsToJson, rowToJson } from './json/row.ts';
import { runningToJson, scanToJson } from './json/scan.ts';
import { itemToJson, type LiveOrder } from './live.ts';
import { type Committed, missedCommits } from './missed.ts';
import { mapInSlices } from './slices.ts';
import { devicesById, Standing, standingOf } from './standing.ts';

/** How often a reader hears whose presence is otherwise without a change, in milliseconds. */
const TICK = 5000;

export interface SlimOrder extends LiveOrder {
  readonly tick?: number;
}

/** Version, then rows or what was missed, then everything as it happens, until the signal; devices as rows. */
export async function* slimItems({ keeper, lastEventId, signal, tick = TICK }: SlimOrder): AsyncGenerator<LiveItem, void, void> {
  const feed = new FeedReader({ keeper, signal, wants: () => true });
  try {
    // Taken in the same turn as the subscription: nothing falls between the two, nothing is told twice.
    const view = keeper.roll();
    const standing = new Standing(view);
    yield { kind: 'version', version: keeper.status().version, seq: view.seq };
    const missed = await missedCommits({ keeper, view, lastEventId });
    if (missed) {
      for (const commit of missed) yield await commitToJson(commit, keeper);
    } else yield await snapshotOf(view);
    // What a reader that comes back was told before is not known here: it hears how everybody stands.
    const groups = missed ? standingOf(view.devices) : [];
    yield { kind: 'standing', groups, running: keeper.running().map(runningToJson) };
    yield* asItHappens({ feed, keeper, standing, tick });
  } finally {
    feed.close();
  }
}

interface Following {
  readonly feed: FeedReader;
  readonly keeper: Keeper;
  readonly standing: Standing;
  readonly tick: number;
}

async function* asItHappens({ feed, keeper, standing, tick }: Following): AsyncGenerator<LiveItem, void, void> {
  let due = performance.now() + tick;
  for (let next = feed.next(); ; ) {
    const item = await orTick(next, due - performance.now());
    if (item === undefined) return;
    if (item === 'tick') {
      due = performance.now() + tick;
      yield* otherwise(standing.catchUp(keeper.roll()));
    } else {
      next = feed.next();
      yield await toldSlim(item, { keeper, standing });
    }
  }
}

function* otherwise(groups: ReturnType<Standing['catchUp']>): Generator<LiveItem, void, void> {
  if (groups.length > 0) yield { kind: 'standing', groups };
}

function toldSlim(item: FeedItem, { keeper, standing }: Pick<Following, 'keeper' | 'standing'>): Promise<LiveItem> {
  if (item.kind !== 'commit') return itemToJson(item, keeper);
  standing.note(touchedIn(item, keeper));
  return commitToJson(item, keeper);
}

type Next = Promise<FeedItem | undefined>;

/** The next item, or the tick when it comes first; whatever waits already comes before it. */
async function orTick(next: Next, length: number): Promise<Awaited<Next> | 'tick'> {
  const { promise, resolve } = Promise.withResolvers<'tick'>();
  const timer = setTimeout(() => resolve('tick'), Math.max(0, length)).unref();
  try {
    return await Promise.race([next, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const snapshots = new WeakMap<RollView, Promise<SlimItem>>();

/** One object per roll, so that a hundred readers at once cost one serialization. */
function snapshotOf(view: RollView): Promise<SlimItem> {
  const item = snapshots.get(view) ?? writeSnapshot(view);
  snapshots.set(view, item);
  return item;
}

async function writeSnapshot(view: RollView): Promise<SlimItem> {
  const item: SlimItem = { kind: 'snapshot.slim', ...(await rowsToJson(view)) };
  return withEventMeta(item, { id: String(view.seq) });
}

/** Of those a commit touched who is there, as they are now. */
function touchedIn({ devices, changes }: Committed, keeper: Keeper): Device[] {
  const now = devicesById(keeper.roll());
  const ids = new Set([...devices.map(({ id }) => id), ...changes.flatMap(({ device }) => device ?? [])]);
  return [...ids].flatMap((id) => now.get(id) ?? []);
}

const commits = new WeakMap<Committed, Promise<SlimCommitItem>>();

function commitToJson(item: Committed, keeper: Keeper): Promise<SlimCommitItem> {
  const json = commits.get(item) ?? writeCommit(item, keeper);
  commits.set(item, json);
  return json;
}

async function writeCommit(item: Committed, keeper: Keeper): Promise<SlimCommitItem> {
  const { seq, scan, changes, devices } = item;
  const view = keeper.roll();
  const there = devicesById(view);
  const named = [...devices.map(({ id }) => id), ...changes.flatMap(({ device }) => device ?? [])];
  const slim: SlimCommitItem = {
    kind: 'commit.slim',
    seq,
    scan: scanToJson(scan),
    rows: await mapInSlices(touchedIn(item, keeper), rowToJson),
    gone: [...new Set(named)].filter((id) => !there.has(id)),
    changes: await changesToJson(changes, view.devices),
  };
  return withEventMeta(slim, { id: String(seq) });
}
