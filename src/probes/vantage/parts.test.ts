import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultRoute, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { type AddressRange, countAddresses, formatRange, mergeRanges, orFault, parseTarget } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import { networksOf } from '../machine/networks.ts';
import { type Ground, isLoopback, type Part, partsOf } from './parts.ts';

const ranges = (...texts: string[]): AddressRange[] =>
  mergeRanges(
    texts.flatMap((text) => {
      const spec = orFault(parseTarget(text));
      return spec.kind === 'ranges' ? spec.ranges : [];
    }),
  );

const ground = (links: readonly Link[], other: Partial<Ground> = {}): Ground => ({
  links,
  networks: networksOf(links),
  remembered: [],
  routes: defaultRoute('va'),
  ...other,
});

const shown = (parts: readonly Part[]): string[] =>
  parts.map((part) => `${part.reach} ${part.iface ?? '-'} v${part.family} ${part.ranges.map(formatRange).join(' ')}`);

const HOME = link('va', ['10.77.0.1/24']);

test('a network this machine stands in is asked on its interface, our own address apart', () => {
  assert.deepEqual(shown(partsOf(ranges('10.77.0.0/30'), null, ground([LOOPBACK, HOME]))), [
    'attached va v4 10.77.0.0 10.77.0.2-10.77.0.3'.replace('10.77.0.2-10.77.0.3', '10.77.0.2/31'),
    'self - v4 10.77.0.1',
  ]);
});

test('what no network holds goes by the routing table', () => {
  assert.deepEqual(shown(partsOf(ranges('192.168.9.0/24'), null, ground([HOME]))), ['routed va v4 192.168.9.0/24']);
  assert.deepEqual(shown(partsOf(ranges('192.168.9.0/24'), null, ground([HOME], { routes: [] }))), ['unreachable - v4 192.168.9.0/24']);
});

test('a system without a routing table to read leaves the way to nmap', () => {
  assert.deepEqual(shown(partsOf(ranges('192.168.9.0/24'), null, ground([HOME], { routes: null }))), ['routed - v4 192.168.9.0/24']);
});

test('loopback of both families is this machine', () => {
  assert.deepEqual(shown(partsOf(ranges('127.0.0.0/30', '::1'), null, ground([LOOPBACK]))), ['self - v4 127.0.0.0/30', 'self - v6 ::1']);
  assert.equal(isLoopback(ranges('127.0.0.1', '::1')), true);
  assert.equal(isLoopback(ranges('127.0.0.1', '10.0.0.1')), false);
});

test('two networks on one interface are two parts, each with its own self-check', () => {
  const parts = partsOf(ranges('10.77.0.2', '10.78.0.2'), null, ground([link('va', ['10.77.0.1/24', '10.78.0.1/24'])]));
  assert.deepEqual(shown(parts), ['attached va v4 10.77.0.2', 'attached va v4 10.78.0.2']);
});

test('of two interfaces in one network the living one is taken', () => {
  const links = [link('eth0', ['10.77.0.1/24'], { carrier: false }), link('wlan0', ['10.77.0.2/24'])];
  assert.deepEqual(shown(partsOf(ranges('10.77.0.9'), null, ground(links))), ['attached wlan0 v4 10.77.0.9']);
});

test('the smaller of two networks wins even when its interface is down: there the addresses belong', () => {
  const links = [link('vpn', ['10.0.0.1/8']), link('va', ['10.77.0.1/24'], { up: false })];
  assert.deepEqual(shown(partsOf(ranges('10.77.0.9'), null, ground(links))), ['attached va v4 10.77.0.9']);
});

test('R3: a network that was attached at an earlier look stays with its interface, whatever route is left', () => {
  const [lost] = networksOf([HOME]);
  const parts = partsOf(
    ranges('10.77.0.9'),
    null,
    ground([link('va', [])], { remembered: lost ? [lost] : [], routes: defaultRoute('vc') }),
  );
  assert.deepEqual(shown(parts), ['attached va v4 10.77.0.9']);
  assert.equal(parts[0]?.network?.first, lost?.range.first);
});

test('a pinned interface takes all, by wire where it has a network, else by router', () => {
  const links = [LOOPBACK, HOME, link('vb', ['10.78.0.1/24'])];
  assert.deepEqual(shown(partsOf(ranges('10.77.0.9', '10.78.0.9', 'fe80::9'), 'vb', ground(links))), [
    'attached vb v4 10.78.0.9',
    'attached vb v6 fe80::9',
    'routed vb v4 10.77.0.9',
  ]);
});

test('no address is lost and none asked twice, however they are reached (property)', () => {
  const quad = fc.integer({ min: 0, max: 0xffffffff });
  const link4 = fc.tuple(quad, fc.integer({ min: 8, max: 32 })).map(([value, prefix]): Link => {
    const text = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
    return link(`if${value % 3}`, [`${text}/${prefix}`], { up: value % 2 === 0 });
  });
  const range = fc
    .tuple(quad, fc.integer({ min: 0, max: 5000 }))
    .map(([first, more]): AddressRange => ({ family: 4, first: BigInt(first), last: BigInt(Math.min(0xffffffff, first + more)) }));
  fc.assert(
    fc.property(
      fc.array(link4, { maxLength: 4 }),
      fc.array(range, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (links, asked, routed) => {
        const parts = partsOf(asked, null, ground(links, { routes: routed ? defaultRoute('if0') : [] }));
        const all = parts.flatMap((part) => part.ranges);
        assert.equal(countAddresses(all), countAddresses(mergeRanges(asked)));
        assert.deepEqual(mergeRanges(all), mergeRanges(asked));
      },
    ),
    { numRuns: 200 },
  );
});
