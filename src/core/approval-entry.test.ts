import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyEntry } from '../../test/make/entries.ts';
import { type ApprovalEntry, ENTRY_KEYS, entryOf, readEntry } from './approval-entry.ts';

test('what an entry says is what is read of it, and written of it again', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const read = readEntry(entry);
      assert.ok(read.ok, JSON.stringify(read));
      assert.deepEqual(entryOf(read.value, ''), entry);
      assert.ok(Object.keys(entry).every((key) => (ENTRY_KEYS as readonly string[]).includes(key)));
    }),
  );
});

test('a device is called as it is called now', () => {
  const approval = {
    subject: { kind: 'device', device: 7, named: 'nas' },
    permit: { kind: 'presence' },
    by: null,
    why: null,
    until: null,
  } as const;
  assert.deepEqual(entryOf(approval, '10.0.0.5'), { device: '10.0.0.5', name: 'nas' });
});

test('an address has one spelling, so that what is approved of it is found under every other', () => {
  for (const [device, plain] of [
    ['02-00-5E-00-53-01', '02:00:5e:00:53:01'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['NAS.lan', 'NAS.lan'],
  ] as const) {
    const read = readEntry({ device });
    assert.deepEqual(read.ok && read.value.subject, { kind: 'host', reference: plain, named: null });
  }
});

test('what contradicts itself is refused with the reason', () => {
  const cases: [ApprovalEntry, RegExp][] = [
    [{}, /about nobody/],
    [{ device: 'a', group: 'b' }, /several things/],
    [{ group: 'iot' }, /one of only, nowhere, allowed/],
    [{ group: 'iot', only: '80', nowhere: '23' }, /one of only, nowhere, allowed/],
    [{ group: 'iot', only: '80', port: '80/tcp' }, /one of only/],
    [{ group: 'iot', name: 'x', only: '80' }, /a name belongs to a device/],
    [{ device: 'a', only: '80' }, /a device has no "only"/],
    [{ device: 'a', serves: 'nginx' }, /not at which port/],
    [{ device: 'a', port: '80/tcp', serves: 'nginx', product: 'nginx' }, /says twice/],
    [{ device: 'a', port: '80/tcp', version: '>=1' }, /a version of what/],
    [{ device: 'a', port: '80/tcp', product: 'nginx', version: 'new' }, /reading version range/],
    [{ device: 'a', port: 'http' }, /is no port/],
    [{ everywhere: true, only: 'all' }, /is no port/],
    [{ device: 'a', until: '2027-01-31' }, /until is no moment/],
    [{ device: 'a', until: '2027-13-31T00:00:00Z' }, /until is no moment/],
    [{ device: 'a', until: '2027-02-30T00:00:00Z' }, /until is no moment/],
  ];
  for (const [entry, reason] of cases) {
    const read = readEntry(entry);
    assert.ok(!read.ok, JSON.stringify(entry));
    assert.match(read.reason, reason);
    assert.ok(read.remedy.length > 5);
  }
});
