import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, name } from '../../../test/make/device.ts';
import { deviceJson } from '../../contract/index.ts';
import { deviceToJson } from './device.ts';

test('each name of a device is told with its source and age; what was never confirmed since is as old as it was learned', () => {
  const names = [{ ...name('printer', 'mdns'), since: AT, heardAt: AT + HOUR }, { ...name('printer.lan'), since: AT }, name('old', 'scan')];
  const json = deviceToJson(device({ names }));
  assert.deepEqual(deviceJson.parse(json).nameSources, [
    { name: 'printer', source: 'mdns', since: '2026-01-05T08:00:00.000Z', confirmed: '2026-01-05T09:00:00.000Z' },
    { name: 'printer.lan', source: 'dns', since: '2026-01-05T08:00:00.000Z', confirmed: '2026-01-05T08:00:00.000Z' },
    { name: 'old', source: 'scan', since: null, confirmed: null },
  ]);
  assert.deepEqual(json.names, ['printer', 'printer.lan', 'old']);
});
