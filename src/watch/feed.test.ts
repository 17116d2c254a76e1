import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFeed } from './feed.ts';
import type { FeedItem } from './keeper.ts';

const item: FeedItem = { kind: 'target.changed', target: 1 };

test('everybody hears everything; who throws is reported, and disturbs nobody', () => {
  const [faults, heard]: [unknown[], string[]] = [[], []];
  const feed = createFeed((fault) => void faults.push(fault));
  feed.subscribe(() => void heard.push('first'));
  feed.subscribe(() => {
    throw new Error('slow reader');
  });
  feed.subscribe(() => void heard.push('last'));
  feed.publish(item);
  assert.deepEqual([heard, faults], [['first', 'last'], [new Error('slow reader')]]);
});

test('one function that subscribes twice hears twice, and each subscription ends for itself', () => {
  let heard = 0;
  const listener = (): void => void heard++;
  const feed = createFeed(() => {});
  const [first, second] = [feed.subscribe(listener), feed.subscribe(listener)];
  feed.publish(item);
  first();
  first();
  feed.publish(item);
  second();
  feed.publish(item);
  assert.equal(heard, 3);
});
