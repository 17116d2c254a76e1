import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sink } from '../world.ts';
import { Died } from './died.ts';
import { Out } from './out.ts';

type Listener = Parameters<Sink['on']>[1];

/** A sink that takes text only when it is told to. */
class SlowSink implements Sink {
  readonly texts: string[] = [];
  readonly waiting: (() => void)[] = [];
  listener: Listener | undefined;

  write(text: string, taken?: () => void): void {
    this.texts.push(text);
    if (taken) this.waiting.push(taken);
  }

  on(_: 'error', listener: Listener): void {
    this.listener = listener;
  }
}

test('text is handed on in large pieces, and the next one waits until the last was taken', async () => {
  const sink = new SlowSink();
  const out = new Out(sink);
  out.write('a');
  assert.ok(!out.full);
  out.write('b'.repeat(70_000));
  assert.ok(out.full);
  let flushed = false;
  const flush = out.flush().then(() => {
    flushed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([sink.texts.map((text) => text.length), flushed], [[70_001], false]);
  sink.waiting[0]?.();
  await flush;
  assert.ok(!out.full && flushed);
});

test('whoever cannot be written to is told of, once the piece is gone', async () => {
  const sink = new SlowSink();
  const out = new Out(sink);
  out.write('x');
  const flush = out.flush();
  sink.listener?.(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', errno: -28 }));
  sink.waiting[0]?.();
  await assert.rejects(flush, (thrown) => thrown instanceof Died && /writing the result/.test(thrown.message));
});

test('nothing to say is not written at all', async () => {
  const sink = new SlowSink();
  await new Out(sink).end();
  assert.deepEqual(sink.texts, []);
});
