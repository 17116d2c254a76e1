import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countPorts, formatPorts, mergePorts, type PortRange, parsePorts, portsHold, portsInclude } from './ports.ts';

const range = fc.tuple(fc.nat(60), fc.nat(8)).map(([first, more]): PortRange => [first, first + more]);
const ranges = fc.array(range, { maxLength: 10 });
const each = (list: readonly PortRange[]): Set<number> =>
  new Set(list.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)));

test('merged ports are the same ports, sorted and apart', () => {
  fc.assert(
    fc.property(ranges, (any) => {
      const merged = mergePorts(any);
      assert.deepEqual(each(merged), each(any));
      assert.equal(countPorts(merged), each(any).size);
      for (const [i, next] of merged.slice(1).entries()) assert.ok((merged[i] as PortRange)[1] + 1 < next[0]);
    }),
  );
});

test('a set of ports reads back from its text', () => {
  fc.assert(
    fc.property(ranges, (any) => {
      const ports = mergePorts(any);
      assert.deepEqual(parsePorts(formatPorts(ports)), ports);
      assert.deepEqual(parsePorts(any.map(([first, last]) => `${first}-${last}`).join(',')), ports);
    }),
  );
});

test('a set holds a port, or another set, exactly when every number of it is inside', () => {
  fc.assert(
    fc.property(ranges, ranges, fc.nat(80), (some, others, port) => {
      const [outer, inner] = [mergePorts(some), mergePorts(others)];
      assert.equal(portsHold(outer, port), each(outer).has(port));
      assert.equal(portsInclude(outer, inner), each(inner).isSubsetOf(each(outer)));
      assert.ok(portsInclude(mergePorts([...outer, ...inner]), inner));
    }),
    { numRuns: 500 },
  );
});

test('S1: what is not a list of ports is refused whole', () => {
  const wrong = [
    'a',
    '-',
    '1-',
    '-1',
    '65536',
    '1-65536',
    '9-1',
    '1,',
    ',1',
    '1,,2',
    '1 2',
    ' 1',
    '1\n',
    'T:80',
    'U:53',
    'http*',
    '0x50',
    '1e3',
    '１',
    '80;id',
    '1-2-3',
    '000080',
  ];
  for (const text of wrong) assert.equal(parsePorts(text), undefined, JSON.stringify(text));
  assert.deepEqual(parsePorts(''), []);
  assert.deepEqual(parsePorts('0-65535'), [[0, 65535]]);
  assert.deepEqual(parsePorts('8080,1-1024,1025'), [
    [1, 1025],
    [8080, 8080],
  ]);
});
