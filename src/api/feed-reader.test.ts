import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeKeeper, scan } from '../../test/http/fake-keeper.ts';
import type { FeedItem } from '../watch/index.ts';
import { FeedReader } from './feed-reader.ts';

const commit = (seq: number): FeedItem => ({ kind: 'commit', seq, scan: scan(), changes: [], devices: [] });
const news = (target: number): FeedItem => ({ kind: 'target.changed', target });
const all = (): boolean => true;

async function drain(reader: FeedReader): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  for (let item = await reader.next(); item; item = await reader.next()) items.push(item);
  return items;
}

test('a slow reader loses news, never commits', async () => {
  const keeper = fakeKeeper();
  const reader = new FeedReader({ keeper, wants: all });
  for (let i = 1; i <= 300; i++) keeper.publish(news(i));
  for (let seq = 1; seq <= 500; seq++) keeper.publish(commit(seq));
  reader.close();
  const items = await drain(reader);
  assert.equal(items.filter(({ kind }) => kind === 'target.changed').length, 256);
  assert.deepEqual(
    items.flatMap((item) => (item.kind === 'commit' ? [item.seq] : [])),
    Array.from({ length: 500 }, (_, i) => i + 1),
  );
});

test('a reader too far behind is ended, with all commits up to there in order', async () => {
  const keeper = fakeKeeper();
  const reader = new FeedReader({ keeper, wants: all });
  for (let seq = 1; seq <= 1500; seq++) keeper.publish(commit(seq));
  assert.equal(keeper.subscribers, 0);
  const items = await drain(reader);
  assert.equal(items.length, 1000);
  assert.deepEqual(items.at(-1), commit(1000));
});

test('a reader that keeps up is never ended', async () => {
  const keeper = fakeKeeper();
  const reader = new FeedReader({ keeper, wants: all });
  for (let seq = 1; seq <= 3000; seq++) {
    keeper.publish(commit(seq));
    assert.deepEqual(await reader.next(), commit(seq));
  }
  reader.close();
});

test('a waiting reader is woken by an item, by the signal and by closing', async () => {
  const keeper = fakeKeeper();
  const stop = new AbortController();
  const reader = new FeedReader({ keeper, wants: ({ kind }) => kind === 'commit', signal: stop.signal });
  const first = reader.next();
  keeper.publish(news(1));
  keeper.publish(commit(1));
  assert.deepEqual(await first, commit(1));
  const second = reader.next();
  stop.abort();
  assert.equal(await second, undefined);
  assert.equal(keeper.subscribers, 0);
  assert.equal(await new FeedReader({ keeper, wants: all, signal: stop.signal }).next(), undefined);
  assert.equal(keeper.subscribers, 0);
});
