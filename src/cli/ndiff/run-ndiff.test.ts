import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Sink } from '../world.ts';
import { runNdiff } from './run-ndiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-run-ndiff-'));
after(() => rmSync(folder, { recursive: true }));

const [up, down] = ['up', 'down'].map((state) => {
  const path = join(folder, state);
  writeFileSync(path, `<nmaprun><host><status state="${state}"/><address addr="10.0.0.1"/></host></nmaprun>`);
  return path;
}) as [string, string];

const collecting = (texts: string[]): Sink => ({
  write: (text, taken) => {
    texts.push(text);
    taken?.();
  },
  on: () => undefined,
});

test('0 is equal, 1 different', async () => {
  const run = (b: string) => runNdiff([up, b], 'ndiff', { env: {}, stdout: collecting([]), stderr: collecting([]) });
  assert.deepEqual([await run(up), await run(down)], [0, 1]);
});

test('a fault of our own never ends in 1, which would be a difference', async () => {
  const complaints: string[] = [];
  const stdout: Sink = {
    write: () => {
      throw new TypeError('nobody thought of this');
    },
    on: () => undefined,
  };
  assert.equal(await runNdiff([up, down], 'ndiff', { env: {}, stdout, stderr: collecting(complaints) }), 2);
  assert.match(complaints.join(''), /^ndiff: this should not happen; please report it: TypeError: nobody thought of this\n {4}at /);
});
