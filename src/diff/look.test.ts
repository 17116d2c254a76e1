import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, mac, name, port, seen } from '../../test/make/device.ts';
import { ALL, look } from '../../test/make/view.ts';
import { NOTHING_LEARNED, portStateOf, untrusted } from '../core/index.ts';
import { deviceOf, sameDevices } from './look.ts';

test("hosts with one MAC are one device, and so is a nameless answer from an address that is somebody's", () => {
  const hosts = [seen('10.0.0.1'), seen('10.0.0.2', 1), seen('10.0.0.1', 2), seen('fd00::2', 1), seen('10.0.0.3'), seen('10.0.0.3')];
  assert.deepEqual(sameDevices(hosts), [
    [0, 2],
    [1, 3],
    [4, 5],
  ]);
  assert.deepEqual(sameDevices([seen('10.0.0.1', 1), seen('10.0.0.1', 2), seen('10.0.0.1')]), [[0, 2], [1]], 'two MACs at one address');
});

test('a device of one look is what its hosts say, all its addresses seen at one moment', () => {
  const hosts = [
    seen('fd00::1', 1, { seenAt: AT, ports: [port(443)], names: [name('b', 'scan')] }),
    seen('10.0.0.1', 1, {
      seenAt: AT + 5,
      vendor: untrusted('Acme'),
      ports: [port(22), port(23, 'closed')],
      names: [name('b'), name('a')],
      os: untrusted('Linux'),
    }),
  ];
  assert.deepEqual(deviceOf(hosts, covering(['10.0.0.0/24', 'fd00::1'], '1-100'), 7), {
    id: 7,
    site: '',
    firstSeen: AT,
    lastSeen: AT + 5,
    presence: 'present',
    macs: [{ mac: mac(1), vendor: 'Acme' }],
    addresses: [
      { address: '10.0.0.1', seenAt: AT + 5 },
      { address: 'fd00::1', seenAt: AT + 5 },
    ],
    names: [name('a'), name('b')],
    ports: [port(22), port(443)],
    asked: {
      tcp: [
        [1, 100],
        [443, 443],
      ],
    },
    os: 'Linux',
    ...NOTHING_LEARNED,
  });
});

test('a port that is open at any address of a device is open', () => {
  const device = deviceOf([seen('10.0.0.1', 1, { ports: [port(22, 'filtered')] }), seen('10.0.0.2', 1, { ports: [port(22)] })], ALL, 0);
  assert.equal(portStateOf(device, 'tcp', 22), 'open');
});

test('law 2: of a host outside the coverage, or given up on, only what it lists was asked', () => {
  const asked = (fields: Parameters<typeof seen>[2], address = '10.0.0.1') => deviceOf([seen(address, null, fields)], ALL, 0).asked;
  assert.deepEqual(asked({ ports: [port(22)] }, '10.9.9.9'), { tcp: [[22, 22]] });
  assert.deepEqual(asked({ timedOut: true, ports: [port(22)] }), {});
  assert.deepEqual(asked({}), ALL.ports);
});

test('a view in memory has one entry for each device, and reads the device of an entry', () => {
  const view = look([seen('10.0.0.2', 1, { names: [name('a')] }), seen('10.0.0.9'), seen('fd00::2', 1)]);
  assert.deepEqual(view.entries, [
    { device: null, macs: [mac(1)], addresses: ['10.0.0.2', 'fd00::2'], names: ['a'], fingerprint: null },
    { device: null, macs: [], addresses: ['10.0.0.9'], names: [], fingerprint: null },
  ]);
  assert.deepEqual([view.read(1).device.id, view.read(1).device.addresses.map(({ address }) => address)], [1, ['10.0.0.9']]);
});

test('law 5: a router that answers for a hundred thousand addresses is one device', () => {
  const hosts = Array.from({ length: 100_000 }, (_, i) => seen(`10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`, 1));
  assert.equal(look(hosts).read(0).device.addresses.length, 100_000);
});
