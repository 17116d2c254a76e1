import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { device, name, port } from '../../test/make/device.ts';
import { deviceName, portStateOf } from './device.ts';
import { byAddress, byMac, byPort, byRank } from './order.ts';

test('a port nobody asked is unknown; one that was asked and is not listed is closed', () => {
  const one = device({ ports: [port(22), port(23, 'filtered')], asked: { tcp: [[1, 100]] } });
  assert.equal(portStateOf(one, 'tcp', 22), 'open');
  assert.equal(portStateOf(one, 'tcp', 23), 'filtered');
  assert.equal(portStateOf(one, 'tcp', 24), 'closed');
  assert.equal(portStateOf(one, 'tcp', 101), 'unknown');
  assert.equal(portStateOf(one, 'udp', 22), 'unknown');
});

test('the name the user gave beats every other, and none is null', () => {
  const named = device({ names: [name('dhcp-name', 'dhcp'), name('dns-name')] });
  assert.equal(deviceName(named), 'dhcp-name');
  assert.equal(deviceName(device({ names: named.names, alias: 'kitchen' })), 'kitchen');
  assert.equal(deviceName(device()), null);
});

test('lists have one order: IPv4 before IPv6 and by number, better sources before worse, protocol before port', () => {
  const addresses = ['::5', '10.0.0.10', 'fd00::1', '0.0.0.5', '10.0.0.9'].map((address) => ({ address }));
  assert.deepEqual(
    addresses.sort(byAddress).map(({ address }) => address),
    ['0.0.0.5', '10.0.0.9', '10.0.0.10', '::5', 'fd00::1'],
  );
  const names = [name('b'), name('a'), name('z', 'user'), name('y', 'dhcp'), name('c', 'scan'), name('x', 'mdns'), name('h', 'hosts')];
  assert.equal(
    names
      .sort(byRank)
      .map((one) => one.name)
      .join(''),
    'zyxabhc',
  );
  const ports = [{ ...port(53), protocol: 'udp' as const }, port(443), port(80)];
  assert.deepEqual(
    ports.sort(byPort).map((one) => `${one.protocol}/${one.port}`),
    ['tcp/80', 'tcp/443', 'udp/53'],
  );
  assert.equal(byMac({ mac: '02:00:00:00:00:01' }, { mac: '02:00:00:00:00:02' }), -1);
});

test('the order of addresses never contradicts itself', () => {
  const some = fc.constantFrom('0.0.0.5', '::5', '::', '0.0.0.0', '10.0.0.1', '::a00:1', 'fd00::1').map((address) => ({ address }));
  fc.assert(
    fc.property(some, some, some, (a, b, c) => {
      assert.equal(byAddress(a, b), -byAddress(b, a) + 0);
      assert.equal(byAddress(a, b) === 0, a.address === b.address);
      if (byAddress(a, b) < 0 && byAddress(b, c) < 0) assert.ok(byAddress(a, c) < 0);
    }),
  );
});
