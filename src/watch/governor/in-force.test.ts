import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device } from '../../../test/make/device.ts';
import { DEFAULTS } from '../../config/index.ts';
import { orFault, parseQuietWindow, readGuard } from '../../core/index.ts';
import { leftAlone, limitsInForce } from './in-force.ts';

test('what limits scans is said in sentences, usual or not', () => {
  assert.deepEqual(limitsInForce(DEFAULTS, AT), [
    'scans of ports: 300 packets/s to a network, 100 packets/s to a host',
    'printers and devices of automation are asked gently',
  ]);
  const guard = { ...orFault(readGuard({ gateway: '02:00:5e:00:53:01' })), ask: null };
  const scan = { ...DEFAULTS.scan, rate: 0, fragile: true, zone: 'UTC', quiet: [orFault(parseQuietWindow('Mon 07:00-09:00'))] };
  assert.deepEqual(limitsInForce({ ...DEFAULTS, guard, scan }, AT), [
    'scans of ports: no limit of packets to a network, 100 packets/s to a host',
    'printers and devices of automation are asked like any other',
    'quiet hours (UTC): Mon 07:00-09:00',
    'quiet now, until 2026-01-05 09:00 (UTC)',
    'guard: gateway 02:00:5e:00:53:01',
  ]);
});

test('who is left alone is named, with what lets it be asked again', () => {
  const devices = new Map([device({ id: 3, alias: 'pump', harmed: 12 }), device({ id: 4 })].map((one) => [one.id, one]));
  assert.deepEqual(leftAlone({ devices }), [
    'pump (#3) is left alone since it fell silent under scan 12: "rollcall device release 3" lets it be asked again',
  ]);
});
