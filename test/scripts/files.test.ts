import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const FILES = new URL('../../scripts/testing/files.js', import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), 'rollcall-files-'));
after(() => rmSync(root, { recursive: true, force: true }));

const LAN = "import { createLan } from '../lan/index.ts';\n";
const SHARES = '// Shares the machine: it measures nothing.\n';
const written = {
  'src/core/mac.test.ts': '',
  'src/core/mac.ts': '',
  'web/src/live/fold.test.ts': '',
  'web/dist/left.test.ts': '',
  'test/lan/lan.test.ts': '',
  'test/names/lan.test.ts': `import assert from 'node:assert/strict';\n${LAN}`,
  'test/program/night.test.ts': `${SHARES}${LAN}`,
  'test/program/loopback.test.ts': '// Alone: it looks at all ports of this machine.\n',
  'test/program/plan.test.ts': "import { plan } from '../planet/index.ts';\n",
  'test/program/program.ts': '',
  'test/house.test.ts': '',
  'test/house/judges.test.ts': '',
};
for (const [path, text] of Object.entries(written)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What an expression over the functions of the runner gives; they are JavaScript without types. */
function asked(expression: string): unknown {
  const script = `const { testFiles, mannerOf } = await import('${FILES}'); const root = ${JSON.stringify(root)};
    console.log(JSON.stringify(${expression}));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test('every test file is found, and those of the rooms, which are short, begin last', () => {
  assert.deepEqual(asked('testFiles(root, { quick: false })'), [
    'test/house.test.ts',
    'test/house/judges.test.ts',
    'test/lan/lan.test.ts',
    'test/names/lan.test.ts',
    'test/program/loopback.test.ts',
    'test/program/night.test.ts',
    'test/program/plan.test.ts',
    'src/core/mac.test.ts',
    'web/src/live/fold.test.ts',
  ]);
  assert.deepEqual(asked('testFiles(root, { quick: true })'), [
    'test/house.test.ts',
    'test/house/judges.test.ts',
    'src/core/mac.test.ts',
    'web/src/live/fold.test.ts',
  ]);
});

test('who stands on the LAN has the machine alone, unless the first line says that it measures nothing; and who says so', () => {
  assert.deepEqual(asked('Object.fromEntries(testFiles(root, { quick: false }).map((path) => [path, mannerOf(root, path)]))'), {
    'test/house.test.ts': 'together',
    'test/house/judges.test.ts': 'together',
    'test/lan/lan.test.ts': 'alone',
    'test/names/lan.test.ts': 'alone',
    'test/program/loopback.test.ts': 'alone',
    'test/program/night.test.ts': 'patient',
    'test/program/plan.test.ts': 'together',
    'src/core/mac.test.ts': 'together',
    'web/src/live/fold.test.ts': 'together',
  });
});
