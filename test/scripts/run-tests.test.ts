import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('../../scripts/run-tests.js', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/rollcall/', import.meta.url));
const NEEDS = fileURLToPath(new URL('../needs.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rollcall-runner-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly text: string;
  readonly last: string | undefined;
}

/** Runs the runner over made-up test files, each given as its body. */
function run(bodies: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const paths = bodies.map((body, i) => {
    const path = join(folder, `${i}.test.ts`);
    writeFileSync(path, `import { test } from 'node:test';\n${body}\n`);
    return path;
  });
  const { CI: _ci, NODE_TEST_CONTEXT: _context, NODE_COMPILE_CACHE: _compiled, ...rest } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [RUNNER, ...paths], { env: { ...rest, ...env } }, (fault, stdout) =>
      resolve({ code: Number(fault?.code ?? 0), text: stdout, last: stdout.trimEnd().split('\n').at(-1) }),
    );
  });
}

test('the last line is the numbers, and all passing is exit code 0', async () => {
  const { code, last } = await run([
    "test('one', () => {}); test('two', async (t) => { await t.test('part', () => {}); });",
    "test('three', () => {});",
  ]);
  assert.deepEqual([code, last], [0, '4 passed, 0 failed, 0 skipped']);
});

test('one failure is told with its place and makes exit code 1', async () => {
  const { code, last, text } = await run(["test('fine', () => {});\ntest('wrong', () => { throw new Error('boom'); });"]);
  assert.deepEqual([code, last], [1, '1 passed, 1 failed, 0 skipped']);
  assert.match(text, /FAILED .*0\.test\.ts:3: wrong\n\s+Error: boom/);
});

test('a failing part is counted once, not again as its whole', async () => {
  const { last } = await run(["test('whole', async (t) => { await t.test('part', () => { throw new Error('boom'); }); });"]);
  assert.equal(last, '0 passed, 1 failed, 0 skipped');
});

test('a file that dies, that cannot be loaded, or that holds no test is a failure', async () => {
  const { code, last, text } = await run([
    "test('first', () => {}); process.exit(0);",
    "import './nowhere.ts';",
    '',
    "process.kill(process.pid, 'SIGKILL');",
  ]);
  assert.deepEqual([code, last], [1, '0 passed, 4 failed, 0 skipped']);
  assert.match(text, /0\.test\.ts: (?:ended with code 0 before its tests did|holds no test)/);
  assert.match(text, /Cannot find module/);
  assert.match(text, /2\.test\.ts: holds no test/);
  assert.match(text, /3\.test\.ts: was killed by SIGKILL/);
});

test('a missing tool is a skip with its reason, and a failure where CI promises it', async () => {
  const body = `import { needs } from '${NEEDS}';\ntest('scans', needs('no-such-tool' as never), () => {});\ntest('fine', () => {});`;
  const here = await run([body]);
  assert.deepEqual([here.code, here.last], [0, '1 passed, 0 failed, 1 skipped']);
  assert.match(here.text, /skipped, needs no-such-tool, missing here/);
  const there = await run([body], { CI: 'true' });
  assert.deepEqual([there.code, there.last], [1, '1 passed, 1 failed, 0 skipped']);
  assert.match(there.text, /needs no-such-tool, missing here/);
});

test('a process that a test leaves behind is told by its id, and is a failure', async () => {
  const { code, last, text } = await run([
    "import { spawn } from 'node:child_process';\ntest('leaves', () => { spawn('sleep', ['8'], { detached: true, stdio: 'ignore' }).unref(); });",
  ]);
  assert.deepEqual([code, last], [1, '1 passed, 1 failed, 0 skipped']);
  assert.match(text, /left behind by the tests\n\s+process \d+ is still there: sleep 8/);
});

test('what tests compile is kept in the checkout for the next test file, or where whoever runs them says', async () => {
  const keeping = (place: string): string =>
    `import { getCompileCacheDir } from 'node:module';\nimport { equal } from 'node:assert';
    test('keeps', () => { const kept = getCompileCacheDir() ?? 'nowhere'; equal(kept.startsWith(${JSON.stringify(place)}), true, kept); });`;
  const here = await run([keeping(COMPILED)]);
  assert.deepEqual([here.code, here.last], [0, '1 passed, 0 failed, 0 skipped'], here.text);
  const chosen = join(folder, 'chosen');
  const there = await run([keeping(chosen)], { NODE_COMPILE_CACHE: chosen });
  assert.deepEqual([there.code, there.last], [0, '1 passed, 0 failed, 0 skipped'], there.text);
});

test('the line of a failure is the right one also in code that was compiled before', async () => {
  const body = "type Never =\n  | 'a'\n  | 'b';\ntest('wrong', () => { throw new Error('boom' as Never); });";
  for (const _turn of ['compiled', 'kept']) {
    const { text } = await run([body]);
    assert.match(text, /FAILED .*0\.test\.ts:5: wrong\n\s+Error: boom[^]*0\.test\.ts:5:29/);
  }
});
