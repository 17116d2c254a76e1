import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering, device } from '../../test/make/device.ts';
import type { Device } from '../core/index.ts';
import { type Placed, placeDevices } from './network-map.ts';

const place = (text: string) => ({ ranges: covering([text]).addresses });

function placed(devices: readonly Device[], ...texts: string[]): Placed {
  const placing = placeDevices(devices, texts.map(place));
  for (;;) {
    const { done, value } = placing.next();
    if (done) return value;
  }
}

const ids = (devices: readonly Device[] | undefined) => devices?.map(({ id }) => id);

test('a device is in the smallest place that holds its address, and who is in none is elsewhere', () => {
  const { members, elsewhere } = placed(
    [
      device({ id: 1, at: ['10.0.0.5'] }),
      device({ id: 2, at: ['10.0.9.5'] }),
      device({ id: 3, at: ['192.168.7.7'] }),
      device({ id: 4, at: [] }),
    ],
    '10.0.0.0/16',
    '10.0.0.0/24',
  );
  assert.deepEqual(members.map(ids), [[2], [1]]);
  assert.deepEqual(ids(elsewhere), [3, 4]);
});

test('a router with addresses in several places bridges them', () => {
  const router = device({ id: 7, at: ['10.0.0.1', '10.1.0.1', '10.2.0.1', '10.2.0.2'] });
  const { members, bridges } = placed([router], '10.2.0.0/24', '10.0.0.0/24', '10.1.0.0/24');
  assert.deepEqual(members.map(ids), [[7], [7], [7]]);
  assert.deepEqual(bridges, [
    { device: 7, between: [0, 1] },
    { device: 7, between: [1, 2] },
  ]);
});

test('IPv6 does not fall into a place of IPv4, and places without addresses hold nobody', () => {
  const { members, elsewhere } = placed([device({ id: 1, at: ['fd00::5'] })], '0.0.0.0/8', 'fd00::/64');
  assert.deepEqual(members.map(ids), [[], [1]]);
  assert.deepEqual(elsewhere, []);
  const placing = placeDevices([device({ id: 1 })], [{ ranges: [] }]);
  assert.deepEqual((placing.next().value as Placed).elsewhere.length, 1);
});
