import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceSubject, hostSubject, mayBeHere, mayServe, policy } from '../../../test/make/approval.ts';
import { AT, device, HOUR, mac, name } from '../../../test/make/device.ts';
import { approvalJson, approvedJson, driftJson } from '../../contract/index.ts';
import type { Device } from '../../core/index.ts';
import { approvalToJson, approvedToJson, driftToJson, entryToJson, referenceOf } from './approval.ts';

test('a device is called by what lasts longest: its card, else where it was last, else its name', () => {
  const two = [2, 1].map((n) => ({ mac: mac(n), vendor: null })).sort((a, b) => (a.mac < b.mac ? -1 : 1));
  const moved = device({ at: ['10.0.0.1'] });
  const places = [
    { address: '10.0.0.1', seenAt: AT },
    { address: '10.0.0.7', seenAt: AT + HOUR },
  ];
  const cases: [Device, string][] = [
    [device({ macs: two }), mac(1)],
    [{ ...moved, addresses: places }, '10.0.0.7'],
    [device({ at: [], names: [name('nas.lan')] }), 'nas.lan'],
    [device({ at: [], id: 7 }), '#7'],
  ];
  for (const [of, reference] of cases) assert.equal(referenceOf(of), reference);
});

test('an entry calls a device as it is called now, and whom it means by its reference', () => {
  const nas = device({ macs: [{ mac: mac(1), vendor: null }], alias: 'nas' });
  const approval = mayServe(deviceSubject(1, 'old name'), '22/tcp', 'OpenSSH >=9', { by: 'ada', until: AT + HOUR });
  assert.deepEqual(entryToJson({ approval, inForce: true, device: nas }), {
    device: mac(1),
    name: 'nas',
    port: '22/tcp',
    product: 'OpenSSH',
    version: '>=9',
    by: 'ada',
    until: '2026-01-05T09:00:00.000Z',
  });
  const host = mayBeHere(hostSubject('10.0.0.1', 'as written'));
  assert.deepEqual(entryToJson({ approval: host, inForce: true, device: nas }), { device: '10.0.0.1', name: 'as written' });
});

test('an approval has the documented shape, whether it holds, was revoked, or means nobody any more', () => {
  for (const approval of [
    mayBeHere(deviceSubject(9, 'gone'), { revoked: { at: AT, by: 'eve' } }),
    mayServe(hostSubject('10.0.0.9'), '53/udp', '*', { exempt: true, why: 'x' }),
    policy('iot', 'only', '80,443', { until: AT }),
    policy(null, 'nowhere', 'none'),
  ]) {
    const json = approvalToJson({ approval, inForce: false, device: null });
    assert.deepEqual(approvalJson.parse(json), json);
  }
  const gone = approvalToJson({ approval: mayBeHere(deviceSubject(9, 'gone')), inForce: true, device: null });
  assert.deepEqual([gone.device, gone.name, gone.deviceId], ['#9', 'gone', null]);
});

test('counts and drift have the documented shape', () => {
  const place = { protocol: 'tcp', port: 23 } as const;
  const counts = { devices: 1, services: 2, portOnly: 1, made: 3, already: 0, replaced: 0, away: 1 };
  const approved = approvedToJson({ ...counts, leftOut: [{ device: device({ id: 7 }), place, reason: 'policy 1' }] });
  assert.deepEqual(approvedJson.parse(approved), { ...counts, leftOut: [{ device: 7, name: null, port: '23/tcp', reason: 'policy 1' }] });
  const about = { id: 7, name: null, addresses: ['10.0.0.1'], macs: [] };
  const said = { called: 'ssh', found: null, approved: null, reason: 'x', approval: null };
  const drift = driftToJson({
    subject: 'home',
    at: AT,
    begun: true,
    devices: 1,
    asApproved: 0,
    items: [{ kind: 'service.unapproved', device: about, place, ...said }],
    unknown: [{ kind: 'unknown', device: about, place: null, ...said }],
  });
  assert.deepEqual(driftJson.parse(drift), drift);
  assert.deepEqual(drift.items[0]?.port, { protocol: 'tcp', port: 23 });
});
