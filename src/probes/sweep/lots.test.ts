import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { rangesOf } from '../../../test/probes/stub.ts';
import { formatRange } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import { networksOf } from '../machine/networks.ts';
import { partsOf } from '../vantage/parts.ts';
import { type ArpLot, lotsOf } from './lots.ts';

const HERE = [LOOPBACK, link('va', ['10.77.0.1/24', 'fd77::1/64']), link('vb', ['10.78.0.1/24'])];

interface How {
  readonly links?: readonly Link[];
  readonly frames?: boolean;
}

/** Who is asked how, as text: "va 10.77.0.0/24". */
function lots(targets: readonly string[], { links = HERE, frames = true }: How = {}) {
  const parts = partsOf(rangesOf(...targets), null, { links, networks: networksOf(links), remembered: [], routes: null });
  const { arp, vast, rest } = lotsOf(parts, { links, routes: null }, frames);
  const shown = ({ iface, ranges }: ArpLot): string => [iface, ...ranges.map(formatRange)].join(' ');
  return { arp: arp.map(shown), vast: vast.map(shown), rest: rest.map(formatRange) };
}

test('attached IPv4 goes by ARP, a lot for each network; what is behind a router goes to nmap', () => {
  assert.deepEqual(lots(['10.77.0.0/24', '10.78.0.0/24', '10.99.0.0/24']), {
    arp: ['va 10.77.0.0/24', 'vb 10.78.0.0/24'],
    vast: [],
    rest: ['10.99.0.0/24'],
  });
});

test('two networks on one interface are two lots; two addresses in one network are one', () => {
  const two = [LOOPBACK, link('va', ['10.77.0.1/24', '10.77.0.200/24', '10.78.0.1/24'])];
  assert.deepEqual(lots(['10.77.0.0/24', '10.78.0.0/24'], { links: two }).arp, ['va 10.77.0.0/24', 'va 10.78.0.0/24']);
});

test('our own address goes with the network it is in, and alone to nmap', () => {
  assert.deepEqual(lots(['10.77.0.1', '127.0.0.1', '10.78.0.9']), { arp: ['vb 10.78.0.9'], vast: [], rest: ['10.77.0.1', '127.0.0.1'] });
  assert.deepEqual(lots(['10.77.0.0/30']), { arp: ['va 10.77.0.0/30'], vast: [], rest: [] });
});

test('an IPv6 network is vast from 4097 addresses on; fewer are asked one by one', () => {
  assert.deepEqual(lots(['fd77::/64']), { arp: [], vast: ['va fd77::/64'], rest: [] });
  assert.deepEqual(lots(['fd77::/115']).vast, ['va fd77::/115']);
  assert.deepEqual(lots(['fd77::1000/116']), { arp: [], vast: [], rest: ['fd77::1000/116'] });
});

test('without raw frames nobody is asked by ARP, but no IPv6 network is enumerated either', () => {
  assert.deepEqual(lots(['10.77.0.0/24', 'fd77::/64'], { frames: false }), {
    arp: [],
    vast: ['va fd77::/64'],
    rest: ['10.77.0.0/24'],
  });
});

test('a tunnel has no neighbours to ask by ARP', () => {
  const tunnel = [LOOPBACK, link('tun0', ['10.77.0.1/24'], { neighbourly: false })];
  assert.deepEqual(lots(['10.77.0.0/24'], { links: tunnel }), { arp: [], vast: [], rest: ['10.77.0.0/24'] });
});

test('every address is in exactly one lot', () => {
  const all = lots(['10.77.0.0/24', '10.78.0.9', '10.99.0.0/30', 'fd77::/64', 'fd99::1']);
  const shown = [...all.arp, ...all.vast].flatMap((lot) => lot.split(' ').slice(1));
  assert.deepEqual([...shown, ...all.rest].sort(), ['10.77.0.0/24', '10.78.0.9', '10.99.0.0/30', 'fd77::/64', 'fd99::1']);
});
