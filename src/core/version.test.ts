import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, formatVersionRange, parseVersionRange, rangeHolds } from './version.ts';

test('versions that are in order', () => {
  for (const rising of [
    ['7.4', '9.2', '9.2p1', '9.2p2', '9.10', '10.0'],
    ['1.0.2', '1.0.2a', '1.0.2k', '1.0.3', '1.1.0'],
    ['2.4.7', '2.4.57', '2.5'],
    ['2.0a1', '2.0b1', '2.0rc1', '2.0', '2.0b'],
    ['2.0alpha', '2.0beta1', '2.0rc1', '2.0', '2.0.1'],
    ['v1.18.0', '1.18.1', 'v2'],
    ['8.0.36-0ubuntu0', '8.0.36-1', '8.0.37'],
    ['2026.83', '2026.84'],
  ])
    for (const [i, a] of rising.entries())
      for (const [j, b] of rising.entries()) assert.equal(compareVersions(a, b), Math.sign(i - j), `${a} and ${b}`);
});

test('versions that are one', () => {
  for (const [a, b] of [
    ['9.2', '9.2.0'],
    ['v9.2', '9.2'],
    ['9.2P1', '9.2p1'],
    ['9.2p1 Debian 2+deb12u2', '9.2p1 Ubuntu 3ubuntu13'],
    ['09.02', '9.2'],
  ] as const)
    assert.equal(compareVersions(a, b), 0, `${a} and ${b}`);
});

test('what names no single version cannot be compared', () => {
  for (const text of [
    '',
    'unknown',
    '3.X - 4.X',
    '2.4.x',
    '4.1.2 or later',
    '1.0 - 1.5',
    'build 7',
    '-1',
    `${'1.'.repeat(40)}1`,
    '1..2',
    '9.2\u0000',
  ])
    assert.equal(compareVersions(text, '1.0'), undefined, JSON.stringify(text));
});

test('S4: a version that a hostile banner made costs nothing to refuse', () => {
  const began = performance.now();
  for (const text of [`${'1'.repeat(900)}!`, `1${'a'.repeat(900)}!`, `1${'a1'.repeat(450)}!`, `1${'.1'.repeat(450)}!`])
    assert.equal(compareVersions(text, '1.0'), undefined);
  assert.ok(performance.now() - began < 500, 'a choice at each digit takes longer than anybody lives');
});

test('numbers too long to be told apart are not compared', () => {
  assert.equal(compareVersions('20231127123456', '20231127123457'), -1);
  assert.equal(compareVersions('1.20231127123456789', '1.20231127123456790'), undefined);
});

test('a comparison turns around with its sides, and is never wrong about itself', () => {
  const version = fc.stringMatching(/^v?\d{1,3}(\.(\d{1,3}|rc\d|[a-z])){0,4}(p\d)?$/);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      const [ab, ba] = [compareVersions(a, b), compareVersions(b, a)];
      if (ab !== undefined && ba !== undefined) assert.equal(ab, ba === 0 ? 0 : -ba);
      if (compareVersions(a, a) !== undefined) assert.equal(compareVersions(a, a), 0);
      if (ab === -1 && compareVersions(b, c) === -1) assert.equal(compareVersions(a, c), -1);
    }),
  );
});

test('any text at all is answered', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => [undefined, -1, 0, 1].includes(compareVersions(text, '1.2'))),
  );
});

test('a range holds what lies within all its bounds', () => {
  const read = parseVersionRange('>=9.2 <10');
  assert.ok(read.ok);
  assert.deepEqual(
    ['9.1', '9.2', '9.2p1', '9.9.9', '10', '10.1', 'unknown'].map((version) => rangeHolds(read.value, version)),
    [false, true, true, true, false, false, undefined],
  );
  assert.equal(formatVersionRange(read.value), '>=9.2 <10');
});

test('what is no range is refused, with what to write', () => {
  for (const text of ['', '9.2', '>=', '>= 9.2', '>=9.2,<10', '=>9.2', '<x', '>1 >2 >3 >4 >5', '~1.2', `>${'1'.repeat(300)}`]) {
    const read = parseVersionRange(text);
    assert.ok(!read.ok, text);
    assert.match(read.remedy, />=9\.2 <10/);
  }
});
