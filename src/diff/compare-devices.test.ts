import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, device, guess, HOUR, mac, name, port, service } from '../../test/make/device.ts';
import { CHANGE_KINDS, type ChangeDraft, type Device, deviceFromFacts, factsOf, untrusted } from '../core/index.ts';
import { compareDevices, deviceSide } from './compare-devices.ts';

const kinds = (before: Device | null, after: Device): string[] => compareDevices(before, after).map(({ kind }) => kind);
const only = (before: Device | null, after: Device): ChangeDraft => {
  const drafts = compareDevices(before, after);
  assert.equal(drafts.length, 1, JSON.stringify(drafts));
  return drafts[0] as ChangeDraft;
};
const macs = (...numbers: number[]): Device['macs'] => numbers.map((number) => ({ mac: mac(number), vendor: null }));

test('a device nobody knew has appeared, with all that a reader needs to recognise it', () => {
  const fresh = device({
    id: 7,
    macs: [
      { mac: mac(1), vendor: null },
      { mac: '00:11:22:33:44:55', vendor: untrusted('Acme') },
    ],
    names: [name('printer.lan')],
    ports: [
      port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2' })),
      port(23, 'filtered'),
      port(80, 'open', guess('http')),
      port(81),
    ],
  });
  const served = (number: number, text: object | null) => ({ protocol: 'tcp', port: number, state: 'open', service: text });
  assert.deepEqual(only(null, fresh), {
    kind: 'device.appeared',
    device: 7,
    before: null,
    after: {
      name: 'printer.lan',
      macs: ['02:00:5e:00:00:01', '00:11:22:33:44:55'],
      addresses: ['10.0.0.1'],
      vendor: 'Acme',
      randomizedMac: true,
      openPorts: 3,
      ports: [
        served(22, { name: 'ssh', product: 'OpenSSH', version: '9.2', extra: '', tunnel: '' }),
        served(80, { name: 'http', product: '', version: '', extra: '', tunnel: '' }),
        served(81, null),
      ],
    },
  });
});

test('a MAC is called made up only when every one of the device is', () => {
  assert.equal(deviceSide(device({ macs: macs(1, 2) })).randomizedMac, true);
  assert.equal(deviceSide(device()).randomizedMac, false);
  assert.equal(deviceSide(device({ names: [name('a')], alias: 'mine' })).name, 'mine');
});

test('a name from a source that had said nothing so far is learned; another one from the same source is a change', () => {
  const before = device({ names: [name('printer.lan')] });
  assert.deepEqual(compareDevices(before, device({ names: [name('laser', 'mdns'), name('printer.lan')] })), []);
  assert.equal(only(before, device({ names: [name('laser', 'mdns'), name('other.lan')] })).kind, 'identity.changed');
  assert.equal(only(before, device({ names: [name('laser', 'mdns')] })).kind, 'identity.changed');
});

test('another IPv6 address in a network where a device has one is none of anybody’s business, one in another network is', () => {
  const before = device({ at: ['10.0.0.1', 'fd00::1', 'fe80::1'] });
  assert.deepEqual(compareDevices(before, device({ at: ['10.0.0.1', 'fd00::1', 'fd00::2', 'fe80::1'] })), []);
  assert.deepEqual(compareDevices(before, device({ at: ['10.0.0.1', 'fd00::9', 'fe80::1'] })), []);
  assert.equal(only(before, device({ at: ['10.0.0.1', 'fd00::1', 'fd01::1', 'fe80::1'] })).kind, 'device.readdressed');
  assert.equal(only(before, device({ at: ['10.0.0.2', 'fd00::1', 'fe80::1'] })).kind, 'device.readdressed');
});

test('a device that is away has left, and says when it was last seen', () => {
  assert.deepEqual(only(device(), device({ presence: 'away' })), {
    kind: 'device.left',
    device: 1,
    before: { presence: 'present', lastSeen: '2026-01-05T08:00:00.000Z' },
    after: { presence: 'away', addresses: ['10.0.0.1'] },
  });
  assert.deepEqual(kinds(device({ presence: 'unknown' }), device({ presence: 'away' })), ['device.left']);
});

test('a device that was away and is present has returned', () => {
  const back = only(device({ presence: 'away' }), device({ lastSeen: AT + HOUR }));
  assert.deepEqual([back.kind, back.before?.lastSeen], ['device.returned', '2026-01-05T08:00:00.000Z']);
});

test('presence that becomes unknown, or known again, is no change', () => {
  for (const presence of ['present', 'away'] as const) assert.deepEqual(kinds(device({ presence }), device({ presence: 'unknown' })), []);
  assert.deepEqual(kinds(device({ presence: 'unknown' }), device()), []);
});

test('other addresses mean it was readdressed; a first address was merely learned', () => {
  assert.deepEqual(only(device(), device({ at: ['10.0.0.9'] })), {
    kind: 'device.readdressed',
    device: 1,
    before: { addresses: ['10.0.0.1'] },
    after: { addresses: ['10.0.0.9'] },
  });
  assert.deepEqual(kinds(device(), device({ at: ['10.0.0.1', '10.0.0.2'] })), ['device.readdressed']);
  assert.deepEqual(kinds(device({ at: ['10.0.0.1', '10.0.0.2'] }), device({ at: ['10.0.0.2', '10.0.0.1'], seenAt: AT + HOUR })), []);
  assert.deepEqual(kinds(device({ at: [] }), device()), []);
});

test('another MAC or another name is another identity; a first one was merely learned', () => {
  const before = device({ macs: macs(1), names: [name('a')] });
  assert.deepEqual(only(before, { ...before, macs: macs(1, 2) }), {
    kind: 'identity.changed',
    device: 1,
    before: { macs: [mac(1)] },
    after: { macs: [mac(1), mac(2)] },
  });
  assert.deepEqual(only(before, { ...before, names: [] }).after, { names: [] });
  assert.deepEqual(only(before, { ...before, macs: macs(2), names: [name('b')] }).before, { macs: [mac(1)], names: ['a'] });
  assert.deepEqual(kinds(device(), before), []);
  assert.deepEqual(kinds(before, { ...before, names: [name('a', 'dhcp')] }), [], 'the same name from a better source');
  assert.deepEqual(kinds(before, { ...before, macs: [{ mac: mac(1), vendor: untrusted('Acme') }] }), [], 'its maker became known');
});

test('a move, a return and a port are three changes, in one order', () => {
  const asked = { tcp: [[1, 100] as const] };
  const after = device({ at: ['10.0.0.9'], names: [name('b')], ports: [port(22)], asked });
  assert.deepEqual(kinds(device({ presence: 'away', names: [name('a')], asked }), after), [
    'device.returned',
    'device.readdressed',
    'identity.changed',
    'port.opened',
  ]);
});

test('an alias, a window, an operating system or a later sighting is no change of the network', () => {
  assert.deepEqual(kinds(device(), device({ alias: 'x', window: 1, os: untrusted('Linux'), lastSeen: AT + HOUR, firstSeen: AT })), []);
});

test('a device compared with itself, or with itself as read back from the store, has not changed', () => {
  fc.assert(
    fc.property(anyDevice, (one) => {
      assert.deepEqual(compareDevices(one, structuredClone(one)), []);
      assert.deepEqual(
        compareDevices(
          one,
          deviceFromFacts(one, factsOf(one), () => one.lastSeen),
        ),
        [],
      );
    }),
  );
});

test('every change is of a known kind, is about the device, is plain JSON, and its sides differ', () => {
  fc.assert(
    fc.property(anyDevice, anyDevice, (before, other) => {
      for (const draft of compareDevices(before, { ...other, id: before.id })) {
        assert.ok(CHANGE_KINDS.includes(draft.kind));
        assert.equal(draft.device, before.id);
        assert.deepEqual(JSON.parse(JSON.stringify(draft)), draft);
        assert.notDeepEqual(draft.before, draft.after);
      }
    }),
    { numRuns: 300 },
  );
});

test('a tarpit with all its ports open appears with the first hundred and their number', () => {
  const ports = Array.from({ length: 65_535 }, (_, i) => port(i + 1));
  const { after } = only(null, device({ ports }));
  assert.deepEqual([after?.['openPorts'], (after?.['ports'] as unknown[] | undefined)?.length], [65_535, 100]);
});

test('a first IPv6 address is learned; one in another network, or the loss of the only IPv4 one, is a change', () => {
  const at = (...addresses: string[]): Device => device({ at: addresses });
  assert.deepEqual(compareDevices(at('10.0.0.1'), at('10.0.0.1', 'fe80::1')), []);
  assert.equal(only(at('10.0.0.1', 'fd00::1'), at('10.0.0.1', 'fd01::1')).kind, 'device.readdressed');
  assert.deepEqual(only(at('10.0.0.1'), at('fe80::1')).after, { addresses: ['fe80::1'] });
});
