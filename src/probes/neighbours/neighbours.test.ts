import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeMachine } from '../../../test/probes/fake-machine.ts';
import { parseMonitorLine } from './monitor-line.ts';
import { parseNeighbours, readNeighbours } from './read-neighbours.ts';

test('the table tells reachable, stale and silent neighbours apart', () => {
  const text =
    '[{"dst":"10.77.0.9","dev":"lan0","state":["INCOMPLETE"]},{"dst":"10.77.0.2","dev":"lan0","lladdr":"36:0F:6b:b7:ec:e5","state":["REACHABLE"]},' +
    '{"dst":"FE80::1","dev":"lan0","lladdr":"36:0f:6b:b7:ec:e5","router":null,"state":["STALE"]}]';
  assert.deepEqual(parseNeighbours(text), [
    { address: '10.77.0.9', mac: null, iface: 'lan0', state: 'INCOMPLETE' },
    { address: '10.77.0.2', mac: '36:0f:6b:b7:ec:e5', iface: 'lan0', state: 'REACHABLE' },
    { address: 'fe80::1', mac: '36:0f:6b:b7:ec:e5', iface: 'lan0', state: 'STALE' },
  ]);
});

test('how long ago a neighbour was heard is rounded up, and left out where the kernel does not say', () => {
  const entry = { dst: '10.77.0.2', dev: 'lan0', lladdr: '36:0f:6b:b7:ec:e5', state: ['REACHABLE'] };
  const agoOf = (confirmed: unknown) => parseNeighbours(JSON.stringify([{ ...entry, confirmed }]))?.map(({ ago }) => ago);
  assert.deepEqual([0, 12, '12', 1.5, -0.1, undefined].map(agoOf), [[1000], [13_000], [undefined], [undefined], [undefined], [undefined]]);
});

test('a table that cannot be read is not an empty one', async () => {
  assert.equal(parseNeighbours(''), null);
  assert.equal(parseNeighbours('{"dst":"10.77.0.2"}'), null);
  assert.deepEqual(parseNeighbours('[]'), []);
  assert.equal(await readNeighbours(fakeMachine()), null);
});

test('entries that name no address, interface or state of the kernel are left out', () => {
  const lines = [
    { dst: '10.77.0.2', dev: 'lan0', state: ['HAPPY'] },
    { dst: '010.0.0.1', dev: 'lan0', state: ['STALE'] },
    { dst: '10.77.0.2', state: ['STALE'] },
    null,
    7,
  ];
  assert.deepEqual(parseNeighbours(JSON.stringify(lines)), []);
});

test('group addresses are nobody’s card', () => {
  const [found] = parseNeighbours('[{"dst":"224.0.0.251","dev":"lan0","lladdr":"01:00:5e:00:00:fb","state":["NOARP"]}]') ?? [];
  assert.equal(found?.mac, null);
});

test('the words of the monitor are read with their flags, removals are told from entries', () => {
  assert.deepEqual(parseMonitorLine('10.79.0.2 dev va lladdr 36:0f:6b:b7:ec:e5 REACHABLE '), {
    address: '10.79.0.2',
    mac: '36:0f:6b:b7:ec:e5',
    iface: 'va',
    state: 'REACHABLE',
  });
  assert.equal(parseMonitorLine('fe80::1 dev va lladdr 36:0f:6b:b7:ec:e5 router STALE')?.state, 'STALE');
  assert.equal(parseMonitorLine('10.79.0.9 dev va FAILED')?.mac, null);
  assert.equal(parseMonitorLine('Deleted 10.79.0.9 dev va FAILED'), null);
  for (const line of ['', 'dev', 'x '.repeat(10_000), '10.79.0.9 REACHABLE']) assert.equal(parseMonitorLine(line), undefined);
});
