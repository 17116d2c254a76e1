import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, type HostFields, host, type PortFields, port, script, service } from '../../test/make/ndiff.ts';
import { compareHosts, compareNumbers, isUnlisted } from './compare-hosts.ts';
import { EMPTY_HOST } from './scan.ts';

const cost = (a: HostFields, b: HostFields, verbose = false): number => compareHosts(host(a), host(b), verbose).cost;
const costOfPort = (a: PortFields, b: PortFields, verbose = false): number =>
  cost({ ports: [port('22/tcp', a)] }, { ports: [port('22/tcp', b)] }, verbose);
const shown = (a: HostFields, b: HostFields, verbose = false): string[] =>
  compareHosts(host(a), host(b), verbose).ports.map((one) => `${one.a.number}/${one.a.protocol}`);

test('a host that is as it was costs nothing', () => {
  const same = { names: ['a'], ports: [port('22/tcp', { service: { name: 'ssh' } })], os: ['Linux'], extraports: [['closed', 9]] } as const;
  assert.equal(cost(same, same), 0);
  assert.equal(cost(same, same, true), 0);
});

test('another state costs one', () => {
  assert.equal(cost({ state: 'up' }, { state: 'down' }), 1);
  assert.equal(cost({ state: null }, { state: '' }), 1);
});

test('other names and other addresses cost one together', () => {
  assert.equal(cost({ at: ['10.0.0.1'], names: ['a'] }, { at: ['10.0.0.2'], names: ['a', 'b'] }), 1);
  assert.equal(cost({ names: ['a', 'b'] }, { names: ['b', 'a'] }), 0, 'their order does not count');
  assert.equal(cost({ at: [address('1', 'ipv4')] }, { at: [address('1', 'ipv6')] }), 1);
});

test('a port costs one for its state, one for its service, one for each script', () => {
  assert.equal(costOfPort({}, { state: 'closed' }), 1);
  assert.equal(costOfPort({}, { service: { name: 'ssh' } }), 1);
  const now = { state: 'closed', service: { name: 'ssh' }, scripts: [script('a', '1'), script('b', '1')] };
  assert.equal(costOfPort({ scripts: [script('b', '2'), script('c', '1')] }, now), 5);
});

test('each part of a service counts, but not its tunnel', () => {
  for (const part of ['name', 'product', 'version', 'extrainfo']) assert.equal(costOfPort({}, { service: { [part]: 'x' } }), 1, part);
  assert.equal(costOfPort({ service: { tunnel: 'ssl' } }, {}), 0);
});

test('an empty word is not the same as none', () => {
  assert.equal(costOfPort({ service: { product: '' } }, {}), 1);
});

test('scripts that are equal cost something when verbose', () => {
  const [of, host] = [{ scripts: [script('a', '1')] }, { scripts: [script('h', '1')] }];
  assert.equal(costOfPort(of, of), 0);
  assert.equal(costOfPort(of, of, true), 1);
  assert.equal(cost(host, host), 0);
  assert.equal(cost(host, host, true), 1);
});

test('a port that one side does not have is compared with nothing', () => {
  const diff = compareHosts(host({ ports: [port('22/tcp', { service: { name: 'ssh' }, scripts: [script('a', '1')] })] }), host(), false);
  assert.equal(diff.cost, 3);
  assert.deepEqual(diff.ports[0]?.b, { number: 22, protocol: 'tcp', state: null, service: service(), scripts: [] });
});

test('ports are in order of number, then protocol', () => {
  const a = ['53/udp', '443/tcp', '53/tcp', '1000/tcp'].map((spec) => port(spec));
  const b = ['9/sctp', '80/tcp'].map((spec) => port(spec));
  assert.deepEqual(shown({ ports: a }, { ports: b }), ['9/sctp', '53/tcp', '53/udp', '80/tcp', '443/tcp', '1000/tcp']);
  const huge = port('123456789012345678901/tcp');
  assert.ok(compareNumbers(huge, port('65535/tcp')) > 0);
  assert.ok(compareNumbers(port('-1/tcp'), port('0/tcp')) < 0);
  assert.ok(compareNumbers(port('1/\uffee'), port('1/\u{1f600}')) < 0);
});

test('a port is left out when neither side tells it one by one', () => {
  const closed = { ports: [port('22/tcp', { state: 'closed', scripts: [script('a', '1')] })], extraports: [['closed', 9]] } as const;
  const filtered = { ports: [port('22/tcp', { state: 'filtered' })], extraports: [['filtered', 9]] } as const;
  assert.deepEqual(shown(closed, filtered, true), []);
  assert.deepEqual(shown(closed, { extraports: [['closed', 9]] }), []);
  assert.deepEqual(shown(closed, { ports: [port('22/tcp')] }), ['22/tcp']);
  assert.equal(cost(closed, { extraports: [['closed', 9]] }), 0, 'what is left out costs nothing');
  assert.ok(isUnlisted(port('1/tcp', { state: null }), host()));
});

test('ports that are equal are shown when verbose', () => {
  const same = { ports: [port('22/tcp')] };
  assert.deepEqual(shown(same, same), []);
  assert.deepEqual(shown(same, same, true), ['22/tcp']);
});

test('operating systems cost one for each stretch that changed', () => {
  assert.equal(cost({ os: ['a', 'b', 'c', 'd'] }, { os: ['x', 'b', 'd', 'e'] }), 3);
  assert.equal(cost({ os: ['a', 'b'] }, { os: ['b', 'a'] }), 2, 'their order counts');
});

test('ports that are not shown count in the order they are told', () => {
  const told: HostFields['extraports'] = [
    ['closed', 9],
    ['filtered', 1],
  ];
  assert.equal(cost({ extraports: told }, { extraports: told.toReversed() }), 1);
  assert.equal(cost({ extraports: told }, { extraports: told.slice(0, 1) }), 1);
  assert.equal(cost({ extraports: [[null, 9]] }, { extraports: [['', 9]] }), 1);
  assert.equal(cost({ extraports: [['closed', 9]] }, { extraports: [['closed', 10]] }), 1);
});

test('a host that is not there is compared with the empty host', () => {
  assert.equal(compareHosts(host({ ports: [port('22/tcp')], os: ['Linux'] }), EMPTY_HOST, false).cost, 4);
  assert.equal(compareHosts({ ...EMPTY_HOST }, EMPTY_HOST, true).cost, 0);
});
