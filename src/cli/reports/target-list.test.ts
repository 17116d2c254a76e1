import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { REFUSED_TARGETS } from '../../../test/fixtures/hostile-targets.ts';
import { MOST_TARGETS, parseTarget } from '../../core/index.ts';
import { Faults } from '../faults.ts';
import { orderedTargets, readTargetList } from './target-list.ts';

const texts = (list: string): string[] => orderedTargets(readTargetList(list, 'ips.txt'));

const faultsOf = (list: string): string[] => {
  try {
    readTargetList(list, 'ips.txt');
  } catch (thrown) {
    return thrown instanceof Faults ? thrown.faults.map(({ message }) => message) : [(thrown as Error).message];
  }
  return [];
};

test('a list as nmap -iL takes it: words, lines, comments, and the line ends of every system', () => {
  const list = '\ufeff# the lab\n10.0.0.1 10.0.0.9\t10.1.0.0/24 # two and a net\r\n\r\n  nas.lan\r10.2.0.5-20\n#10.9.9.9\n';
  assert.deepEqual(texts(list), ['10.0.0.1', '10.0.0.9', '10.1.0.0/24', '10.2.0.5-10.2.0.20', 'nas.lan']);
});

test('two thousand neighbours become one range, and what is named twice is scanned once', () => {
  const list = Array.from({ length: 2000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
  assert.deepEqual(texts([...list, ...list, '10.0.0.0/23', 'NAS.lan', 'nas.lan'].join('\n')), ['10.0.0.0-10.0.7.207', 'nas.lan']);
  const scattered = Array.from({ length: MOST_TARGETS + 1 }, (_, i) => `10.${i >> 12}.${(i >> 4) & 255}.${(i & 15) * 2}`);
  assert.equal(texts(scattered.slice(1).join(' ')).length, MOST_TARGETS);
  assert.throws(() => texts(scattered.join(' ')), /they are 4097 separate ones, and 4096 fit into one scan/);
});

test('a bad line is told with its file, line and value, and all of them at once', () => {
  assert.deepEqual(faultsOf('10.0.0.1\n10.0.0.300\nok.lan\n0/0 10.0.0.1/24\n'), [
    'ips.txt:2: reading target "10.0.0.300": it is neither an address nor a host name',
    'ips.txt:4: reading target "0/0": it is not a block',
    'ips.txt:4: reading target "10.0.0.1/24": it is not in canonical form',
  ]);
  assert.equal(faultsOf('-1\n'.repeat(1000)).length, 20);
  assert.deepEqual(faultsOf('\n# nothing\n'), ['reading ips.txt: it names no target']);
});

test('S1, S3: nothing hostile in a list becomes a target; what parts words in a list may leave a good one', () => {
  for (const text of REFUSED_TARGETS) {
    const words = text.split(/[ \t\r\n]+/).filter((word) => word !== '');
    const good = words.length > 0 && !words.some((word) => word.startsWith('#')) && words.every((word) => parseTarget(word).ok);
    if (!good && !/[#\r\n]/.test(text))
      assert.notDeepEqual(faultsOf(`10.0.0.1\n${text === '' ? '' : `x${text}`}/\n`), [], JSON.stringify(text));
    for (const spec of good ? readTargetList(text, 'x') : []) assert.ok(parseTarget(spec.text).ok, JSON.stringify(text));
  }
});

test('whatever a list holds, what comes out is canonical or nothing', () => {
  const piece = fc.constantFrom(
    '10.0.0.1',
    '-iL',
    '#',
    ' ',
    '\n',
    '\t',
    '\0',
    '/etc/passwd',
    '10.0.0.0/24',
    '0x7f.1',
    'a.lan',
    ',',
    '\u202e',
    '::1',
    '-',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      let read: string[] = [];
      try {
        read = texts(pieces.join(''));
      } catch {
        return;
      }
      for (const text of read) assert.match(text, /^[0-9a-z][0-9a-z.:/-]*$|^::1$/);
    }),
  );
});
