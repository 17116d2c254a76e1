import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSqlReader, type SqlRow } from './sql-dump.ts';
import { SqlTokens } from './sql-tokens.ts';

function tokensOf(text: string, chunk: number = text.length || 1): { tokens: string[]; whole: boolean; lines: number[] } {
  const [tokens, lines]: [string[], number[]] = [[], []];
  const cutter = new SqlTokens(({ kind, text: said, line }) => {
    tokens.push(`${kind} ${said}`);
    lines.push(line);
  });
  for (let at = 0; at < text.length; at += chunk) cutter.write(text.slice(at, at + chunk));
  return { whole: cutter.end(), tokens, lines };
}

function rowsOf(text: string): SqlRow[] {
  const rows: SqlRow[] = [];
  const reader = createSqlReader((row) => rows.push(row));
  reader.write(Buffer.from(text));
  reader.end();
  return rows;
}

test('texts, names, words and marks, however they are quoted', () => {
  assert.deepEqual(tokensOf("INSERT INTO `a``b` VALUES (1,-2.5,'it''s \\'so\\' \\\\',\"x\",NULL,_utf8 'y');").tokens, [
    'word INSERT',
    'word INTO',
    'name a`b',
    'word VALUES',
    'mark (',
    'word 1',
    'mark ,',
    'word -2.5',
    'mark ,',
    "text it's 'so' \\",
    'mark ,',
    'text x',
    'mark ,',
    'word NULL',
    'mark ,',
    'word _utf8',
    'text y',
    'mark )',
    'mark ;',
  ]);
});

test('comments say nothing, but for those that MySQL itself obeys', () => {
  assert.deepEqual(tokensOf("-- 'one\n# 'two\n/* 'three */ /*!40103 SET TIME_ZONE='+00:00' */;").tokens, [
    'word 40103',
    'word SET',
    'word TIME_ZONE',
    'mark =',
    'text +00:00',
    'mark ;',
  ]);
});

test('lines are counted through texts, and an open end is told', () => {
  assert.deepEqual(tokensOf("a\n'b\nc'\nd").lines, [1, 3, 4]);
  for (const [text, whole] of [
    ["'a", false],
    ["'a'", true],
    ['/* a', false],
    ['a', true],
    ['`a', false],
    ['-- a', true],
  ] as const)
    assert.equal(tokensOf(text).whole, whole, text);
});

const piece = fc.constantFrom("'", '"', '`', '\\', '--', '\n', '/*', '*/', '/*!', '#', '(', ',', ';', 'abc', '12', ' ', "''", '=');

test('however a dump is cut into chunks, it is made of the same', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (pieces, chunk) => {
      assert.deepEqual(tokensOf(pieces.join(''), chunk), tokensOf(pieces.join('')));
    }),
    { numRuns: 2000 },
  );
});

const TABLE =
  "CREATE TABLE IF NOT EXISTS `db`.`events` (\n `mac` varchar(17) NOT NULL COMMENT 'a, (b)',\n `connected_at` datetime(6) DEFAULT NULL,\n PRIMARY KEY (`mac`,`connected_at`),\n KEY `k` (`mac`)\n) ENGINE=InnoDB;\n";

test('rows come with the columns of their table, or with those that they name', () => {
  const [plain, named] = rowsOf(
    `${TABLE}INSERT INTO events VALUES ('m','t');INSERT IGNORE INTO \`events\` (\`connected_at\`, mac) VALUES ('t2','m2'),(NULL, now());`,
  );
  assert.deepEqual([plain?.columns, plain?.cells, plain?.types.get('connected_at')], [['mac', 'connected_at'], ['m', 't'], 'datetime']);
  assert.deepEqual(
    [named?.columns, named?.cells],
    [
      ['connected_at', 'mac'],
      ['t2', 'm2'],
    ],
  );
});

test('what is no plain value is undefined, and what follows the rows is none', () => {
  const update = 'ON DUPLICATE KEY UPDATE mac=VALUES(mac)';
  const rows = rowsOf(
    `${TABLE}INSERT INTO events VALUES (1+1,concat('a','b')),('x',0x41),(-5,b'1') ${update};INSERT INTO events VALUES ('y','z');`,
  );
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      [undefined, undefined],
      ['x', undefined],
      ['-5', undefined],
      ['y', 'z'],
    ],
  );
});

test('the zone that is said holds for the rows after it', () => {
  const rows = rowsOf(
    `${TABLE}INSERT INTO events VALUES ('a','b');SET @x=@@TIME_ZONE;\n/*!40103 SET TIME_ZONE='+02:00' */;INSERT INTO events VALUES ('c','d');SET TIME_ZONE=@OLD;INSERT INTO events VALUES ('e','f');`,
  );
  assert.deepEqual(
    rows.map(({ zone }) => zone),
    [null, '+02:00', '+02:00'],
  );
});
