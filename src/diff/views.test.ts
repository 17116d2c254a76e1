import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, mac, name, port } from '../../test/make/device.ts';
import { belief, script } from '../../test/make/view.ts';
import { viewOfDevices } from './views.ts';

test('stored devices are recognised by all that is known of them; who is there and was seen last comes first', () => {
  const view = belief([
    device({ id: 1, presence: 'away', lastSeen: AT + HOUR }),
    device({ id: 2, presence: 'unknown' }),
    device({ id: 3 }),
    device({ id: 4, lastSeen: AT + HOUR, at: ['fd00::1', '10.0.0.9'], macs: [{ mac: mac(1), vendor: null }], names: [name('nas')] }),
    device({ id: 5 }),
  ]);
  assert.deepEqual(
    view.entries.map((entry) => entry.device),
    [4, 3, 5, 2, 1],
  );
  assert.deepEqual(view.entries[0], { device: 4, macs: [mac(1)], addresses: ['10.0.0.9', 'fd00::1'], names: ['nas'], fingerprint: null });
  assert.deepEqual(
    [0, 4].map((place) => view.read(place).device.id),
    [4, 1],
  );
});

test('a view of devices has the scripts it is given, or none', () => {
  const { read, entries, close, ...frame } = belief([device({ ports: [port(80)] })]);
  assert.deepEqual(read(0).scripts, []);
  const printed = viewOfDevices({ ...frame, devices: [device()], scripts: ({ id }) => [script('x', String(id))] });
  assert.deepEqual(printed.read(0), { device: device(), unlisted: [], scripts: [script('x', '1')] });
  assert.deepEqual([entries.length, close()], [1, undefined]);
});
