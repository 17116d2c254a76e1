import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withEventMeta } from '@orpc/server';
import { type EventStreamOrder, eventStream } from './event-stream.ts';
import { REST_WIRE, RPC_WIRE } from './wire.ts';

const order = (items: AsyncIterator<unknown>, more: Partial<EventStreamOrder> = {}): EventStreamOrder => ({
  items,
  wire: REST_WIRE,
  signal: new AbortController().signal,
  keepAlive: 60_000,
  onFailure: (failure) => assert.fail(String(failure)),
  onEnd: () => undefined,
  ...more,
});

const textOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => Buffer.concat(await Array.fromAsync(stream)).toString();

async function* three(): AsyncGenerator<object, void, void> {
  yield withEventMeta({ a: 'line\nbreak' }, { id: '7' });
  yield { b: 2 };
}

test('items become events, with the id where there is one, and line breaks stay inside their data', async () => {
  assert.equal(
    await textOf(eventStream(order(three()))),
    ':\n\nevent: message\nid: 7\ndata: {"a":"line\\nbreak"}\n\nevent: message\ndata: {"b":2}\n\n',
  );
  assert.match(await textOf(eventStream(order(three(), { wire: RPC_WIRE }))), /data: \{"json":\{"b":2\}\}\n\n$/);
});

test('a failure in the middle is told as an event without its inside, logged, and ends the stream', async () => {
  const failures: unknown[] = [];
  async function* broken(): AsyncGenerator<object, void, void> {
    yield { a: 1 };
    throw new Error('secret inside');
  }
  const text = await textOf(eventStream(order(broken(), { onFailure: (failure) => failures.push(failure) })));
  assert.match(text, /event: error\ndata: \{"code":"internal"/);
  assert.doesNotMatch(text, /secret/);
  assert.equal(failures.length, 1);
});

test('nothing is asked of the items before somebody reads', async () => {
  let asked = 0;
  eventStream(order({ next: () => (asked++, Promise.resolve({ done: true, value: undefined })) }));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked, 0);
});

test('a stream whose reader was gone before it began ends at once, and tells so once', async () => {
  let ends = 0;
  const items = { next: () => assert.fail('asked'), return: async () => ({ done: true as const, value: undefined }) };
  assert.equal(await textOf(eventStream(order(items, { signal: AbortSignal.abort(), onEnd: () => ends++ }))), ':\n\n');
  assert.equal(ends, 1);
});
