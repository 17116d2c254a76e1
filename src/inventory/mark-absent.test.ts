import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, covering, device, HOUR, MINUTE } from '../../test/make/device.ts';
import { rules } from '../../test/make/story.ts';
import { coversAddress, type Device, NO_COVERAGE, parseAddress } from '../core/index.ts';
import { markAbsent } from './mark-absent.ts';

const late = rules({ at: AT + 12 * HOUR, watchedSince: AT - HOUR });
const lan = covering(['10.0.0.0/24']);

function seenAt(...places: readonly [address: string, seenAt: number][]): Device {
  return { ...device(), addresses: places.map(([address, at]) => ({ address, seenAt: at })) };
}

test('law 2: a device is away only when a scan looked where it was seen last', () => {
  assert.equal(markAbsent(device(), lan, late).presence, 'away');
  assert.equal(markAbsent(device(), covering(['10.0.0.2-10.0.0.255', '10.0.1.0/24']), late).presence, 'present');
  assert.equal(markAbsent(device({ at: ['fd00::1'] }), lan, late).presence, 'present');
  const elsewhere = seenAt(['10.0.0.1', AT - 1], ['10.0.1.1', AT]);
  assert.equal(markAbsent(elsewhere, lan, late).presence, 'present', 'looking at its former place says nothing');
  assert.equal(markAbsent(elsewhere, covering(['10.0.1.0/24']), late).presence, 'away');
});

test('law 2: a device seen last at two places at once is away only when both were looked at', () => {
  const both = device({ at: ['10.0.0.1', 'fd00::1'] });
  assert.equal(markAbsent(both, lan, late), both);
  assert.equal(markAbsent(both, covering(['fd00::/64']), late), both);
  assert.equal(markAbsent(both, covering(['10.0.0.0/24', 'fd00::/64']), late).presence, 'away');
});

test('a device whose last word came from a link-local address leaves where it was asked for', () => {
  const phone = seenAt(['10.0.0.1', AT - MINUTE], ['fe80::1', AT]);
  assert.equal(markAbsent(phone, lan, late).presence, 'away');
  assert.equal(markAbsent(phone, covering(['10.0.1.0/24']), late), phone);
  assert.equal(markAbsent(seenAt(['fe80::1', AT]), lan, late).presence, 'present', 'where nobody asked it at all');
});

test('so does one whose last word came from an address in no target, and not one of another target', () => {
  const phone = seenAt(['10.0.0.1', AT - MINUTE], ['2001:db8::1', AT]);
  const isAsked = (address: string): boolean => address.startsWith('10.');
  assert.equal(markAbsent(phone, lan, { ...late, isAsked }).presence, 'away');
  assert.equal(markAbsent(phone, lan, { ...late, isAsked: () => true }).presence, 'present');
});

test('a place where somebody asks is not given up for one where nobody does', () => {
  const phone = seenAt(['10.0.0.1', AT - HOUR], ['fe80::1', AT]);
  assert.equal(markAbsent(phone, lan, rules({ at: AT + MINUTE })), phone);
});

test('law 2: a device that was never seen anywhere is never away', () => {
  const nowhere = device({ at: [] });
  assert.equal(markAbsent(nowhere, lan, late), nowhere);
});

test('law 2: whatever the device and however late it is, without coverage nothing happens to it', () => {
  fc.assert(fc.property(anyDevice, (one) => assert.equal(markAbsent(one, NO_COVERAGE, late), one)));
});

test('law 2: where a scan did not look, nothing changes', () => {
  const coverage = covering(['0.0.0.0/2', '::/3']);
  fc.assert(
    fc.property(anyDevice, (one) => {
      const untouched = one.addresses.every(({ address }) => {
        const value = parseAddress(address);
        return value && !coversAddress(coverage, value);
      });
      fc.pre(untouched);
      assert.equal(markAbsent(one, coverage, late), one);
    }),
  );
});

test('a device that left keeps its last addresses, its ports and when it was last seen', () => {
  const before = device({ at: ['10.0.0.1', '10.0.0.2'] });
  assert.deepEqual(markAbsent(before, lan, late), { ...before, presence: 'away' });
});

test('a device that is away already stays the same object', () => {
  const away = device({ presence: 'away', at: ['10.0.0.1', '10.0.0.2'] });
  assert.equal(markAbsent(away, lan, late), away);
});

test('a device whose presence was unknown is away once a scan looked for it in vain', () => {
  assert.equal(markAbsent(device({ presence: 'unknown' }), lan, late).presence, 'away');
});

test('a device missed within its window loses only the former address whose own window is over', () => {
  const missed = seenAt(['10.0.0.1', AT - HOUR], ['10.0.0.2', AT]);
  assert.deepEqual(markAbsent(missed, lan, rules({ at: AT + MINUTE })).addresses, [missed.addresses[1]]);
  assert.equal(markAbsent(missed, covering(['10.0.0.2']), rules({ at: AT + MINUTE })), missed, 'not where nobody looked');
});
