import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOfArguments, wholeFilter } from './filter-words.ts';

test('an argument with a space is one word, as in the shell it came from', () => {
  const cases: [string[], string][] = [
    [['owner:Anna B'], 'owner:"Anna B"'],
    [['-owner:Anna B', 'present'], '-owner:"Anna B" present'],
    [['OWNER: Anna  B '], 'OWNER:"Anna  B"'],
    [['vendor:Back\\slash Ltd'], 'vendor:"Back\\\\slash Ltd"'],
    [['product:Apache httpd', 'port:80'], 'product:"Apache httpd" port:80'],
    [['annas phone'], '"annas phone"'],
    [['-annas phone'], '-"annas phone"'],
    [['name:camera - 2'], 'name:"camera - 2"'],
  ];
  for (const [args, filter] of cases) assert.equal(filterOfArguments(args), filter);
});

test('an argument that can only be a whole filter is taken as it stands', () => {
  for (const argument of [
    'owner:"Anna B"',
    'owner:"Anna B" present',
    '"annas phone" kitchen',
    'group:iot -tag:ok',
    'group:iot -printer',
    'kitchen group:iot',
    'type:phone annas',
    'gruop:iot kitchen',
    'vendor:"Apple, Inc" port:22',
    'owner:"Anna B',
    'fe80::1',
  ])
    assert.equal(filterOfArguments([argument]), argument);
  assert.equal(filterOfArguments(['owner:Anna', 'B']), 'owner:Anna B', 'two arguments are two words');
  assert.equal(filterOfArguments([]), '');
});

test('what may be two things is refused, with both of them in quotes', () => {
  const refused: [() => string, RegExp, string][] = [
    [
      () => filterOfArguments(['owner:Anna B,Bo']),
      /^reading filter "owner:Anna B,Bo": its comma may part two values or belong to one$/,
      `write 'owner:"Anna B","Bo"' for several, 'owner:"Anna B,Bo"' for one`,
    ],
    [
      () => filterOfArguments(['owner:Anna B group:iot']),
      /"B" may belong to "owner:Anna" or stand alone/,
      `write 'owner:"Anna B"' if it belongs to it, 'B owner:Anna' if not`,
    ],
    [
      () => wholeFilter('-owner:Anna B', '--filter'),
      /^reading --filter "-owner:Anna B": "B" may/,
      `write '-owner:"Anna B"' if it belongs to it, 'B -owner:Anna' if not`,
    ],
    [
      () => wholeFilter('port:22 owner:Bo,Anna van B -tag:ok', '--filter'),
      /"van B" may belong to "owner:Bo,Anna"/,
      `write 'owner:Bo,"Anna van B"' if it belongs to it, 'van B owner:Bo,Anna' if not`,
    ],
    [() => wholeFilter("vendor:O'Neil Ltd", '--filter'), /"Ltd" may/, `write 'vendor:"O'\\''Neil Ltd"' if it`],
  ];
  for (const [read, message, remedy] of refused)
    assert.throws(read, (fault: Error & { remedy?: string }) => {
      assert.match(fault.message, message);
      assert.ok(fault.remedy?.startsWith(remedy), String(fault.remedy));
      return true;
    });
});

test('a whole filter that is clear is taken as it stands', () => {
  for (const text of [
    'owner:"Anna B"',
    'kitchen camera owner:Anna',
    'owner:Anna "kitchen"',
    'type:camera kitchen',
    'group:iot -kitchen',
    'new:7d -tag:ok',
    'owner: Anna', // a value is missing
    '',
  ])
    assert.equal(wholeFilter(text, '--filter'), text);
});
