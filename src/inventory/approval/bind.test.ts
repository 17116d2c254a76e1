import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceSubject, hostSubject, mayBeHere, numbered, policy, rollWith } from '../../../test/make/approval.ts';
import { AT, device, HOUR, mac, name } from '../../../test/make/device.ts';
import { bindApprovals, finderIn, isPolicy, keyOf } from './bind.ts';
import { expiryOf } from './expiry.ts';
import { approvalsMeant } from './revoke.ts';

const nas = device({ id: 1, macs: [{ mac: mac(1), vendor: null }], alias: 'NAS' });
const part = device({ id: 2, at: ['10.0.0.2'], mergedInto: 3 });
const middle = device({ id: 3, at: ['10.0.0.3'], mergedInto: 4 });
const whole = device({ id: 4, at: ['10.0.0.4'], names: [name('box.lan'), name('self', 'mdns')] });
const roll = rollWith(nas, part, middle, whole);

const found = (subject: Parameters<ReturnType<typeof finderIn>>[0]['subject']): number[] => finderIn(roll)({ subject }).map(({ id }) => id);

test('a device is itself, a part of a part the whole of it, and a forgotten one nobody', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 9].map((id) => found(deviceSubject(id))),
    [[1], [4], [4], [4], []],
  );
});

test('a host is found by every way there is to write it', () => {
  for (const reference of ['10.0.0.1', mac(1), mac(1).toUpperCase().replaceAll(':', '-'), 'nas', 'NAS'])
    assert.deepEqual(found(hostSubject(reference)), [1], reference);
  assert.deepEqual(found(hostSubject('BOX.lan')), [4]);
  for (const reference of ['self', '10.0.0.2', '10.0.0.9', mac(9), '']) assert.deepEqual(found(hostSubject(reference)), [], reference);
  assert.deepEqual([found({ kind: 'everywhere' }), found({ kind: 'group', name: 'nas' })], [[], []]);
});

test('a name is no address and an address no name', () => {
  assert.equal(keyOf('10.0.0.1'), '10.0.0.1');
  assert.equal(keyOf('2001:DB8::1'), '2001:db8::1');
  assert.equal(keyOf('02-00-5E-00-53-01'), '02:00:5e:00:53:01');
  assert.equal(keyOf('10.0.0.256'), 'name 10.0.0.256');
  assert.equal(keyOf('E\u0301clair'), keyOf('\u00e9CLAIR'));
});

test('approvals are sorted by how they stand, and by whom they mean', () => {
  const approvals = numbered([
    mayBeHere(deviceSubject(1)),
    mayBeHere(deviceSubject(2), { until: AT }),
    mayBeHere(hostSubject('10.0.0.9')),
    mayBeHere(hostSubject('10.0.0.8'), { until: AT }),
    mayBeHere(deviceSubject(9)),
    policy('iot', 'only', '80'),
    policy(null, 'nowhere', '23', { revoked: { at: AT, by: null } }),
    mayBeHere(deviceSubject(4), { at: AT + HOUR }),
  ]);
  const ids = (map: ReadonlyMap<unknown, readonly { id: number }[]>) => [...map].map(([key, all]) => [key, all.map(({ id }) => id)]);
  const bound = bindApprovals(approvals, roll, AT + 1);
  assert.deepEqual(ids(bound.inForce), [[1, [1]]]);
  assert.deepEqual(ids(bound.over), [[4, [2]]]);
  assert.deepEqual(ids(bound.unseen), [['10.0.0.9', [3]]]);
  assert.deepEqual(
    bound.policies.map(({ id }) => id),
    [6],
  );
  assert.deepEqual(approvals.map(isPolicy), [false, false, false, false, false, true, true, false]);
  assert.deepEqual(
    [bound.any, bindApprovals(approvals.filter(isPolicy), roll, AT + 1).any, bindApprovals(approvals, roll, AT - 1).any],
    [true, false, false],
  );
});

test('what is revoked is what was said of the device under any of its names, and in force', () => {
  const approvals = numbered([
    mayBeHere(deviceSubject(1)),
    mayBeHere(hostSubject('10.0.0.1')),
    mayBeHere(hostSubject(mac(1)), { until: AT }),
    mayBeHere(hostSubject('10.0.0.9')),
    mayBeHere(deviceSubject(2)),
    policy('iot', 'only', '80'),
  ]);
  const meant = (
    devices: readonly number[],
    unseen: readonly string[] = [],
    places: Parameters<typeof approvalsMeant>[0]['places'] = null,
  ) => approvalsMeant({ devices, unseen, places }, { roll, approvals, at: AT + 1 }).map(({ id }) => id);
  assert.deepEqual(meant([1]), [1, 2]);
  assert.deepEqual(meant([4]), [5], 'of the whole what was said of its parts');
  assert.deepEqual(meant([], ['10.0.0.9']), [4]);
  assert.deepEqual(meant([1], [], [{ protocol: 'tcp', port: 22 }]), [], 'of services only services');
});

test('an expiry says what is over, who said it and why', () => {
  const cases = [
    [mayBeHere(deviceSubject(7), { by: 'ada', until: AT }), 7, 'may be here, approved by ada'],
    [mayBeHere(hostSubject('10.0.0.9'), { until: AT }), null, 'may be here'],
    [policy('iot', 'only', '80,53/udp', { until: AT, why: 'cameras' }), null, 'iot only 80/tcp,53/udp: cameras'],
    [policy(null, 'nowhere', '20-23', { until: AT }), null, 'everywhere nowhere 20-23/tcp'],
    [policy(null, 'only', 'none', { until: AT }), null, 'everywhere only none'],
  ] as const;
  for (const [approval, id, text] of cases) {
    const change = expiryOf(approval);
    assert.deepEqual([change.kind, change.device, change.after], ['approval.expired', id, { text }]);
    assert.equal(change.before?.['until'], '2026-01-05T08:00:00.000Z');
  }
  assert.equal(expiryOf(mayBeHere(hostSubject('10.0.0.9'), { until: AT })).before?.['host'], '10.0.0.9');
});
