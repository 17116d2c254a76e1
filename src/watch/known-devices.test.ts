import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, mac, name, seen } from '../../test/make/device.ts';
import { look } from '../../test/make/view.ts';
import type { Device } from '../core/index.ts';
import { knownDevices } from './known-devices.ts';

const card = (...numbers: number[]): Device['macs'] => numbers.map((n) => ({ mac: mac(n), vendor: null }));
const ids = (hosts: Parameters<typeof look>[0], known: readonly Device[]): (number | null)[] =>
  knownDevices(look(hosts), known).entries.map((entry) => entry.device);

const laptop = device({ id: 1, at: ['10.0.0.1', 'fd00::1'], macs: card(1, 2), alias: 'laptop', window: 60_000 });
const printer = device({ id: 2, at: ['10.0.0.2'], macs: card(3) });
const remote = device({ id: 3, at: ['10.9.0.3'] });

test('a host is the device that has its hardware address, wherever it answered', () => {
  assert.deepEqual(ids([seen('10.0.0.99', 2), seen('10.0.0.1', 3), seen('10.0.0.2', 7)], [laptop, printer]), [1, 2, null]);
});

test('a host without one is the only device that is present at its address', () => {
  const former = device({ id: 4, at: ['10.9.0.3'], presence: 'away' });
  assert.deepEqual(ids([seen('10.9.0.3'), seen('fd00::1'), seen('10.9.0.4')], [laptop, remote, former]), [3, 1, null]);
  assert.deepEqual(ids([seen('10.9.0.3')], [remote, { ...former, presence: 'present' }]), [null], 'two claim it');
});

test('two hosts that would be one device are left as they are', () => {
  assert.deepEqual(ids([seen('10.0.0.1', 1), seen('10.0.0.5', 2)], [laptop]), [null, null]);
});

test('of a known device come its id and what its owner set; the rest is what the scan saw', () => {
  const view = knownDevices(look([seen('10.0.0.5', 1, { names: [name('seen.lan')] }), seen('10.9.0.9')]), [laptop]);
  const { device: known } = view.read(0);
  assert.deepEqual([known.id, known.site, known.labels.alias, known.labels.window], [1, 'home', 'laptop', 60_000]);
  assert.deepEqual(
    [known.addresses.map(({ address }) => address), known.names.map((entry) => String(entry.name)), known.macs.length],
    [['10.0.0.5'], ['seen.lan'], 1],
  );
  assert.equal(view.read(1).device.labels.alias, null);
});
