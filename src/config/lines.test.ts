import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineFinder } from './lines.ts';

const TEXT = `# [site]
top = 1 # x = 2
[site]
"na.me" = """
fake = 3
[[target]] ""\\"
"""
[[target]]
a.b = '''
c = 1'''
[[target]]
plans = [ # [ ] }
  { plan = "]", every = "#" },
  [1, [2,
    3]],
  { at = 'x' }
]
[target.sub]
k = 1
[[target.deep]]
k = 2
[[target.deep]]
k = 3
["quo\\u0074ed"]
z = 9`;

test('each key is found in its line, through strings, comments, arrays and tables of every kind', () => {
  const lineOf = lineFinder(TEXT);
  const expected: [(string | number)[], number | null][] = [
    [['top'], 2],
    [['site'], 3],
    [['site', 'na.me'], 4],
    [['fake'], null],
    [['target', 0], 8],
    [['target', 0, 'a', 'b'], 9],
    [['target', 1], 11],
    [['target', 1, 'plans'], 12],
    [['target', 1, 'plans', 0, 'every'], 13],
    [['target', 1, 'plans', 1, 1, 1], 15],
    [['target', 1, 'plans', 2, 'at'], 16],
    [['target', 1, 'sub', 'k'], 19],
    [['target', 1, 'deep', 0, 'k'], 21],
    [['target', 1, 'deep', 1, 'k'], 23],
    [['quoted', 'z'], 25],
  ];
  for (const [path, line] of expected) assert.equal(lineOf(path), line, path.join('.'));
});

test('a key that is missing is looked for in the table around it', () => {
  const lineOf = lineFinder(TEXT);
  assert.equal(lineOf(['target', 0, 'every']), 8);
  assert.equal(lineOf(['target', 1, 'plans', 2, 'zone']), 16);
});
