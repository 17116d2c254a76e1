import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalJson, DriftItemJson } from '../../../../src/contract/index.ts';
import { entryOf, isJudged, standingOf } from './approved.ts';

const approval = (fields: Partial<ApprovalJson>): ApprovalJson => ({
  id: 1,
  at: '2026-11-21T00:00:00.000Z',
  inForce: true,
  deviceId: 7,
  revoked: null,
  ...fields,
});
const item = (fields: Partial<DriftItemJson>): DriftItemJson =>
  ({ device: { id: 7 }, port: null, reason: 'new', ...fields }) as DriftItemJson;

test('approvals of other devices, and those that are over, do not count', () => {
  const standing = standingOf(
    7,
    [approval({ id: 1, deviceId: 8 }), approval({ id: 2, inForce: false }), approval({ id: 3, deviceId: null })],
    [],
  );
  assert.deepEqual([standing.device, standing.services.size], [null, 0]);
});

test('the device and each of its services stand for themselves', () => {
  const standing = standingOf(7, [approval({ id: 1 }), approval({ id: 2, port: '22/tcp' })], []);
  assert.deepEqual([standing.device?.id, standing.services.get('22/tcp')?.id, standing.services.get('80/tcp')], [1, 2, undefined]);
});

test('drift is found by its place', () => {
  const standing = standingOf(
    7,
    [],
    [
      item({ port: { protocol: 'tcp', port: 80 } }),
      item({}),
      item({ device: { id: 9 } as DriftItemJson['device'], port: { protocol: 'udp', port: 53 } }),
    ],
  );
  assert.deepEqual([...standing.drift.keys()], ['80/tcp', '']);
});

test('a device is judged by what was approved of it, and by policies', () => {
  assert.equal(isJudged(7, []), false);
  assert.equal(isJudged(7, [approval({ deviceId: 8 }), approval({ inForce: false })]), false);
  assert.equal(isJudged(7, [approval({})]), true);
  assert.equal(isJudged(7, [approval({ deviceId: null, group: 'iot', only: '80' })]), true);
});

test('an approval is said again without what became of it', () => {
  assert.deepEqual(entryOf(approval({ device: '02:00:5e:00:53:01', port: '22/tcp', why: 'ours' })), {
    device: '02:00:5e:00:53:01',
    port: '22/tcp',
    why: 'ours',
  });
});
