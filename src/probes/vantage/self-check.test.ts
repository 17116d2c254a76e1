import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRoute, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { type AddressRange, orFault, parseTarget } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Part } from './parts.ts';
import { checkAfter, checkBefore, type Snapshot } from './self-check.ts';

const range = (text: string): AddressRange => {
  const spec = orFault(parseTarget(text));
  return (spec.kind === 'ranges' ? spec.ranges[0] : undefined) as AddressRange;
};

const ATTACHED: Part = { reach: 'attached', family: 4, iface: 'va', network: range('10.77.0.0/24'), ranges: [range('10.77.0.0/24')] };
const ROUTED: Part = { reach: 'routed', family: 4, iface: 'va', network: null, ranges: [range('192.168.9.0/24')] };
const GOOD = link('va', ['10.77.0.1/24', 'fd77::1/64']);

const at = (links: readonly Link[], routes: Snapshot['routes'] = null): Snapshot => ({ links, routes });
const before = (part: Part, link: Link): string | null => checkBefore(part, at([LOOPBACK, link]), true)?.code ?? null;
const after = (part: Part, was: Link, is: Link): string | null =>
  checkAfter(part, { before: at([LOOPBACK, was]), after: at([LOOPBACK, is]) }, true)?.code ?? null;

test('an interface that is up, has carrier and its address can see', () => {
  assert.equal(before(ATTACHED, GOOD), null);
  assert.equal(before(ROUTED, GOOD), null);
  assert.equal(after(ATTACHED, GOOD, GOOD), null);
});

test('R1: interface down or gone, before or after', () => {
  assert.equal(before(ATTACHED, { ...GOOD, up: false }), 'interface-down');
  assert.equal(before(ATTACHED, { ...GOOD, iface: 'vb' }), 'interface-gone');
  assert.equal(after(ATTACHED, GOOD, { ...GOOD, up: false }), 'interface-down');
  assert.equal(after(ATTACHED, GOOD, { ...GOOD, iface: 'vb' }), 'interface-gone');
});

test('R2: no carrier, or a carrier that came back meanwhile', () => {
  assert.equal(before(ATTACHED, { ...GOOD, carrier: false }), 'no-carrier');
  assert.equal(before(ATTACHED, { ...GOOD, carrier: null }), null, 'where the system does not tell, it is not held against it');
  assert.equal(after(ATTACHED, GOOD, { ...GOOD, carrierChanges: 4 }), 'link-flapped');
});

test('R3: the address is lost, or is one of another network now', () => {
  assert.equal(before(ATTACHED, { ...GOOD, addresses: [] }), 'address-lost');
  assert.equal(before(ATTACHED, link('va', ['10.88.0.1/24'])), 'address-lost');
  assert.equal(before(ROUTED, link('va', ['fd77::1/64'])), 'address-lost', 'an address of the other family is of no use');
  assert.equal(after(ATTACHED, GOOD, link('va', ['10.77.0.66/24'])), 'address-lost', 'another lease in the same network');
});

test('IPv6 addresses may come and go while others stay', () => {
  const part: Part = { ...ATTACHED, family: 6, network: range('fd77::/64'), ranges: [range('fd77::2')] };
  const was = link('va', ['fd77::1/64', 'fd77::abcd/64']);
  assert.equal(after(part, was, link('va', ['fd77::1/64', 'fd77::ef01/64'])), null);
  assert.equal(after(part, was, link('va', [])), 'address-lost');
});

test('R4: without raw packets the routing table must agree with the interface', () => {
  const connecting = (routes: Snapshot['routes']) => checkBefore(ATTACHED, at([GOOD], routes), false)?.code ?? null;
  assert.equal(connecting(defaultRoute('vc')), 'other-route');
  assert.equal(connecting(defaultRoute('va')), null);
  assert.equal(connecting([]), 'no-route');
  assert.equal(connecting(null), null);
  assert.equal(checkBefore(ATTACHED, at([GOOD], defaultRoute('vc')), true), null, 'raw frames go where -e says');
});

test('addresses without a route cannot be asked', () => {
  const cause = checkBefore({ ...ROUTED, reach: 'unreachable', iface: null }, at([GOOD]), true);
  assert.deepEqual(cause, { code: 'no-route', text: 'this machine has no route to 192.168.9.0' });
});

test('this machine itself needs its loopback', () => {
  const self: Part = { reach: 'self', family: 4, iface: null, network: null, ranges: [range('127.0.0.1')] };
  assert.equal(checkBefore(self, at([LOOPBACK]), true), null);
  assert.equal(checkBefore(self, at([{ ...LOOPBACK, up: false }]), true)?.code, 'interface-down');
  assert.equal(checkBefore(self, at([]), true), null);
});
