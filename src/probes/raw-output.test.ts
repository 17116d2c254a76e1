import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { createRawOutput } from './raw-output.ts';

test('output is kept whole, in one compressed piece', async () => {
  const raw = createRawOutput();
  for (const part of ['<nmaprun>', '<host/>'.repeat(1000), '</nmaprun>']) raw.write(Buffer.from(part));
  const kept = await raw.finish();
  assert.ok(kept && kept.length < 200);
  assert.equal(zstdDecompressSync(kept).toString(), `<nmaprun>${'<host/>'.repeat(1000)}</nmaprun>`);
});

test('output beyond the cap is dropped whole, and the rest is swallowed quietly', async () => {
  const raw = createRawOutput(10_000);
  for (let i = 0; i < 40; i++) {
    raw.write(randomBytes(20_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await raw.finish(), null);
});

test('no output is nothing to keep', async () => {
  assert.equal(await createRawOutput().finish(), null);
});
