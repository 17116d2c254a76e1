import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAddress, formatPorts, formatRange, type Lot } from '../core/index.ts';
import { lotsOf, type Pair } from './lots.ts';

const pairs = (text: string): Pair[] =>
  text.split(' ').flatMap((word) => {
    const [host, ports = ''] = word.split(':');
    return ports.split(',').map((port): Pair => {
      const [number, protocol = 'tcp'] = port.split('/') as [string, 'tcp' | 'udp' | undefined];
      return { address: `10.0.0.${host}`, protocol: protocol ?? 'tcp', port: Number(number) };
    });
  });

const shown = (lots: readonly Lot[]): string[] =>
  lots
    .map(({ addresses, ports }) => {
      const asked = Object.entries(ports).map(([protocol, set]) => `${protocol} ${formatPorts(set)}`);
      return `${addresses.map(formatRange).join(' ')}: ${asked.sort().join(', ')}`;
    })
    .sort();

test('hosts with the same ports are one lot, and no host is asked what only another has', () => {
  assert.deepEqual(shown(lotsOf(pairs('1:22,80 2:22,80 3:22'))), ['10.0.0.1-10.0.0.2: tcp 22,80', '10.0.0.3: tcp 22']);
  assert.deepEqual(shown(lotsOf(pairs('1:22 2:80 3:22 4:80'))), ['10.0.0.1 10.0.0.3: tcp 22', '10.0.0.2 10.0.0.4: tcp 80']);
});

test('where hosts differ more than ports do, each port is a lot of its hosts', () => {
  const lots = lotsOf(pairs('1:22,80 2:22,443 3:80,443 4:22,80,443 5:22 6:80 7:443'));
  assert.deepEqual(shown(lots), [
    '10.0.0.1 10.0.0.3-10.0.0.4 10.0.0.6: tcp 80',
    '10.0.0.1-10.0.0.2 10.0.0.4/31: tcp 22',
    '10.0.0.2-10.0.0.4 10.0.0.7: tcp 443',
  ]);
});

test('TCP and UDP of the same hosts go together', () => {
  assert.deepEqual(shown(lotsOf(pairs('1:22,53/udp 2:22,53/udp'))), ['10.0.0.1-10.0.0.2: tcp 22, udp 53']);
});

test('nobody to ask is no lot', () => {
  assert.deepEqual(lotsOf([]), []);
});

const anyPairs = fc.uniqueArray(fc.record({ host: fc.nat(7), port: fc.nat(6), udp: fc.boolean() }), {
  selector: ({ host, port, udp }) => `${host} ${port} ${udp}`,
  maxLength: 40,
});

test('whatever pairs there are, each is in exactly one lot and no other pair is (property)', () => {
  fc.assert(
    fc.property(anyPairs, (drawn) => {
      const wanted = drawn.map(
        ({ host, port, udp }): Pair => ({ address: `10.0.0.${host}`, protocol: udp ? 'udp' : 'tcp', port: port + 1 }),
      );
      const lots = lotsOf(wanted);
      const keyOf = ({ address, protocol, port }: Pair): string => `${address} ${protocol} ${port}`;
      assert.deepEqual(lots.flatMap(pairsOf).map(keyOf).sort(), wanted.map(keyOf).sort());
      const hosts = new Set(wanted.map(({ address }) => address)).size;
      const ports = new Set(wanted.map(({ protocol, port }) => `${protocol} ${port}`)).size;
      assert.ok(lots.length <= Math.min(hosts, ports), `${lots.length} lots of ${hosts} hosts and ${ports} ports`);
    }),
  );
});

function pairsOf({ addresses, ports }: Lot): Pair[] {
  const hosts = addresses.flatMap(({ family, first, last }) =>
    Array.from({ length: Number(last - first) + 1 }, (_, i) => formatAddress({ family, value: first + BigInt(i) })),
  );
  return hosts.flatMap((address) =>
    Object.entries(ports).flatMap(([protocol, set]) =>
      set.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i): Pair => ({ address, protocol: protocol as Pair['protocol'], port: first + i })),
      ),
    ),
  );
}
