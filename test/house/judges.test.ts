/** The judges themselves, on houses made up to break one rule each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importCircles, wrongArrows } from './arrows.ts';
import { tokenize } from './lexer.ts';
import { emptyNames, impurities, silencedJudges } from './names.ts';
import { wrongRooms } from './plan.ts';
import type { Room } from './rooms.ts';
import { longFiles, quantile, testsPerSource } from './sizes.ts';
import { parseFile, type SourceFile } from './source.ts';

const rooms: Readonly<Record<string, Room>> = {
  core: { floor: 'ground', mayImport: [], packages: [], why: 'all speak it' },
  config: { floor: 'ground', mayImport: ['core'], packages: ['zod'], why: 'it only reads' },
  store: { floor: 'edge', mayImport: ['core'], adapters: ['memory', 'sqlite'], why: 'it only remembers' },
  web: { floor: 'face', mayImport: [], planned: true, why: 'later' },
};
const SIGN = '/**\n * what for\n * Never: more than that.\n */\n';
const file = (path: string, source = ''): SourceFile => parseFile(path, source);
const standing = [
  file('src/core/index.ts', SIGN),
  file('src/config/index.ts', SIGN),
  file('src/store/index.ts', SIGN),
  file('src/store/memory/open.ts'),
  file('src/store/sqlite/open.ts'),
];

/** One sentence, and it says this. */
function says(sentences: readonly string[], pattern: RegExp): void {
  assert.equal(sentences.length, 1, sentences.join('\n') || 'nothing was said');
  assert.match(sentences[0] as string, pattern);
}

test('names in text, comments, templates and regular expressions are not names', () => {
  const source = "// one\nconst two = `three ${four(`${five}`)} six`; /* seven */ const eight = /nine'/.test('ten') / eleven;";
  const words = tokenize(source).filter(({ kind }) => kind === 'word');
  assert.deepEqual(
    words.map(({ text }) => text),
    ['const', 'two', 'four', 'five', 'const', 'eight', 'test', 'eleven'],
  );
});

test('imports of every form are read, with their lines', () => {
  const source =
    "import a from 'a';\nimport type { B } from '../core/index.ts';\nimport './c.ts';\nexport * from \"d\";\nconst e = await import('./e.ts');\nlist.from('f');";
  assert.deepEqual(
    file('src/store/x.ts', source).imports.map(({ specifier, path, line, dynamic }) => [specifier, path, line, dynamic]),
    [
      ['a', undefined, 1, false],
      ['../core/index.ts', 'src/core/index.ts', 2, false],
      ['./c.ts', 'src/store/c.ts', 3, false],
      ['d', undefined, 4, false],
      ['./e.ts', 'src/store/e.ts', 5, true],
    ],
  );
});

test('a sound house is passed', () => {
  assert.deepEqual(wrongRooms(standing, rooms), []);
  assert.deepEqual(
    wrongArrows([...standing, file('src/config/read.ts', "import { z } from 'zod/v4';\nimport '../core/index.ts';")], rooms),
    [],
  );
});

test('a room that is on the plan but not there, or there but not on the plan, is told', () => {
  says(
    wrongRooms(
      standing.filter(({ room }) => room !== 'config'),
      rooms,
    ),
    /src\/config\/ is in the table but does not exist/,
  );
  says(wrongRooms([...standing, file('src/attic/index.ts', SIGN)], rooms), /src\/attic\/ is not in the table/);
  says(wrongRooms([...standing, file('src/web/index.ts', SIGN)], rooms), /src\/web\/ exists but is marked as planned/);
  says(wrongRooms([...standing, file('src/stray.ts')], rooms), /src\/stray\.ts lies beside the rooms/);
  says(
    wrongRooms(
      standing.filter(({ path }) => !path.includes('sqlite')),
      rooms,
    ),
    /src\/store\/sqlite\/ is in the table but does not exist/,
  );
});

test('a door without a sign is told', () => {
  const without = (sign: string): SourceFile[] => [file('src/core/index.ts', sign), ...standing.slice(1)];
  says(wrongRooms(without('export {};\n'), rooms), /src\/core\/index\.ts:1 \(core\) has no sign/);
  says(wrongRooms(without('/** what for */\nexport {};\n'), rooms), /has no sign/);
});

test('an arrow that is not on the plan is told with the reason', () => {
  says(
    wrongArrows([file('src/core/x.ts', "\nimport '../store/index.ts';")], rooms),
    /src\/core\/x\.ts:2 \(core\).*core may import nothing, because all speak it/,
  );
  says(wrongArrows([file('src/config/x.ts', "import '../core/mac.ts';")], rooms), /entered by its door, src\/core\/index\.ts/);
  says(wrongArrows([file('src/config/x.ts', "import '../cellar/index.ts';")], rooms), /no room is called cellar/);
  says(wrongArrows([file('src/store/x.ts', "import '../../test/make.ts';")], rooms), /outside src/);
  says(wrongArrows([file('src/store/x.ts', "import '../main.ts';")], rooms), /only the program itself/);
});

test('what a ground room names from outside is told', () => {
  says(wrongArrows([file('src/core/x.ts', "import 'node:fs';")], rooms), /names nothing from outside, because all speak it/);
  says(wrongArrows([file('src/config/x.ts', "import 'zod-x';")], rooms), /names zod from outside/);
  const asks = (source: string): string[] => impurities([file('src/core/x.ts', source)], rooms);
  says(asks('const at = Date.now();'), /src\/core\/x\.ts:1 \(core\) names Date\.now/);
  says(asks('const at = new Date();'), /names new Date\(\)/);
  says(asks('const dice = Math.random();'), /names Math\.random/);
  says(asks('setTimeout(() => {}, 1);'), /names setTimeout/);
  assert.deepEqual(asks('const at = new Date(moment); type T = { process: string }; x.process(); // process'), []);
  assert.deepEqual(impurities([file('src/store/x.ts', 'Date.now();')], rooms), []);
});

test('adapters of one port that lean on each other are told', () => {
  says(wrongArrows([file('src/store/sqlite/x.ts', "import '../memory/open.ts';")], rooms), /sqlite and memory are adapters of one port/);
  assert.deepEqual(wrongArrows([file('src/store/sqlite/x.ts', "import '../rows.ts';\nimport '../sql/write.ts';")], rooms), []);
});

test('a circle of imports is told once; loading on demand closes none', () => {
  const a = file('src/core/a.ts', "import './b.ts';");
  says(
    importCircles([a, file('src/core/b.ts', "import type { A } from './a.ts';")]),
    /^src\/core\/a\.ts -> src\/core\/b\.ts -> src\/core\/a\.ts$/,
  );
  assert.deepEqual(importCircles([a, file('src/core/b.ts', "await import('./a.ts');")]), []);
});

test('empty words in names are told, words that only hold them are not', () => {
  says(emptyNames([file('src/core/string-utils.ts')]), /"utils" fits anything/);
  says(emptyNames([file('test/common/x.ts')]), /"common" fits anything/);
  says(emptyNames([file('src/core/x.ts', '\nexport const scanManager = 1;')]), /src\/core\/x\.ts:2 \(core\) scanManager: "manager"/);
  says(emptyNames([file('src/core/x.ts', 'interface X { readonly deviceInfo: string }')]), /deviceInfo: "info"/);
  says(emptyNames([file('src/core/x.ts', 'class ScanService {}')]), /a service is what listens/);
  assert.deepEqual(emptyNames([file('src/core/database.ts', 'const metadata = 1; function f() { const data = 1; }')]), []);
});

test('a comment that switches a judge off is told, outside tests', () => {
  says(silencedJudges([file('src/core/x.ts', '\n// @ts-expect-error later')]), /src\/core\/x\.ts:2 switches a judge off/);
  assert.deepEqual(silencedJudges([file('src/core/x.test.ts', '// @ts-expect-error not a mac')]), []);
});

test('long files are told unless they have a named reason; proportions are counted', () => {
  const long = file('src/core/x.ts', '\n'.repeat(301));
  says(longFiles([long]), /src\/core\/x\.ts has 301 lines/);
  assert.deepEqual(longFiles([long], { 'src/core/x.ts': 'a table' }), []);
  assert.equal(testsPerSource([long, file('test/x.test.ts', '\n'.repeat(602))]), 2);
  assert.equal(quantile([5, 1, 9, 3], 0.5), 3);
  assert.equal(quantile([], 0.5), 0);
});
