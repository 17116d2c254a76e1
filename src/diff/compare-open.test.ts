import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering, port, seen, service } from '../../test/make/device.ts';
import { ALL, compared, look, told } from '../../test/make/view.ts';
import { type Observation, type PortState, parsePorts, type Service } from '../core/index.ts';

const host = (address: string, ...ports: Observation['ports']): Observation => seen(address, null, { ports });
const asking = (addresses: string, ports?: string) => ({ coverage: covering([addresses], ports) });

test('law 2: a port that one side did not ask is unknown there, neither opened nor closed', () => {
  const narrow = look([host('10.0.0.1', port(22))], asking('10.0.0.0/24', '1-100'));
  const wide = look([host('10.0.0.1', port(22), port(443), port(8080), port(8081))], asking('10.0.0.0/24', '1-9000'));
  assert.deepEqual(told(narrow, wide), ['10.0.0.1: a tcp ports 443,8080-8081 were not asked']);
  assert.deepEqual(told(wide, narrow), ['10.0.0.1: b tcp ports 443,8080-8081 were not asked']);
  assert.equal(compared(narrow, wide).sum.unknown, 1);
});

test('law 2: only ports that are open, or may be, are worth a word; what is open where both asked is compared', () => {
  const a = look([host('10.0.0.1', port(22), port(25, 'filtered'))], asking('10.0.0.0/24', '1-100'));
  const ports = [
    port(200, 'unfiltered'),
    port(201, 'closed|filtered'),
    port(202, 'unknown'),
    port(203, 'closed'),
    port(204, 'open|filtered'),
  ];
  const b = look([host('10.0.0.1', port(25), ...ports)], asking('10.0.0.0/24', '20-300'));
  assert.deepEqual(told(a, b), ['10.0.0.1: port.closed 22; port.opened 25; a tcp port 204 was not asked']);
});

test('law 2: who asked in a way that cannot tell open from shut has closed and opened nothing', () => {
  const syn = look([host('10.0.0.1', port(22))]);
  for (const state of ['unfiltered', 'open|filtered'] as const) {
    const vague = look([host('10.0.0.1', port(22, state))]);
    assert.deepEqual(told(syn, vague), ['10.0.0.1: b tcp port 22 was not asked whether it is open'], state);
    assert.deepEqual(told(vague, syn), ['10.0.0.1: a tcp port 22 was not asked whether it is open'], state);
    assert.deepEqual(told(vague, vague), []);
  }
});

test('law 2: a UDP port that answered a version probe is not shut when nobody sent it one', () => {
  const udp = (state: PortState, service: Service | null = null) => host('10.0.0.1', { ...port(161, state, service), protocol: 'udp' });
  const asked = { ...ALL, ports: { udp: parsePorts('161') ?? [] } };
  const probed = look([udp('open', service('net-snmp'))], { coverage: { ...asked, depth: 'versions' } });
  const plain = look([udp('open|filtered')], { coverage: { ...asked, depth: 'ports' } });
  assert.deepEqual(told(probed, plain), ['10.0.0.1: b udp port 161 was not asked whether it is open']);
  assert.deepEqual(told(plain, probed), ['10.0.0.1: a udp port 161 was not asked whether it is open']);
  const silent = look([udp('open|filtered')], { coverage: { ...asked, depth: 'versions' } });
  assert.deepEqual(told(probed, silent), ['10.0.0.1: port.filtered 161']);
});

test('of a tarpit with every other port open, the first fifty are named', () => {
  const ports = Array.from({ length: 1000 }, (_, i) => port(2 * i + 1));
  const [line] = told(look([host('10.0.0.1')], asking('10.0.0.0/24')), look([host('10.0.0.1', ...ports)]));
  assert.match(line ?? '', /^10\.0\.0\.1: a tcp ports 1,3,5,[\d,]+,97,99 and 950 more were not asked$/);
});

test('law 2: a sweep asks no ports, so a port scan opens none', () => {
  const sweep = look([host('10.0.0.1'), host('10.0.0.2')], asking('10.0.0.0/24'));
  const scan = look([host('10.0.0.1', port(22), { ...port(53), protocol: 'udp' }), host('10.0.0.2')]);
  assert.deepEqual(told(sweep, scan), ['10.0.0.1: a tcp port 22 was not asked; a udp port 53 was not asked']);
  assert.deepEqual(told(scan, sweep), ['10.0.0.1: b tcp port 22 was not asked; b udp port 53 was not asked']);
});
