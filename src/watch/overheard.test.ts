import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, MINUTE, mac, name } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import { heard } from '../../test/watch/scripted-listener.ts';
import { untrusted } from '../core/index.ts';
import { holderOf, judgeSighting, observationsOf } from './overheard.ts';

const earShot = { ranges: covering(['10.0.0.0/28']).addresses, whole: true };
const printer = device({ macs: [{ mac: mac(1), vendor: null }], names: [name('laser', 'mdns')] });
const gone = device({ id: 2, at: ['10.0.0.2'], macs: [{ mac: mac(2), vendor: null }], presence: 'away' });
const roll = rollWith(printer, gone);
const judge = (sighting: ReturnType<typeof heard>, at = AT, shot = earShot) => judgeSighting(sighting, { roll, earShot: shot, at }).reason;

test('strangers, who is back, who moved, new words and whom sweeps miss are news; who was just seen is none', () => {
  assert.equal(judge(heard('10.0.0.9', 9)), 'a stranger');
  assert.equal(judge(heard('10.0.0.2', 2)), 'it is back');
  assert.equal(judge(heard('10.0.0.3', 1)), 'at another address');
  assert.equal(judge(heard('10.0.0.1', 1, { names: [name('office', 'dhcp')] })), 'new words of it');
  assert.equal(judge(heard('10.0.0.1', 1, { clues: [{ kind: 'dhcp.vendor', value: untrusted('x') }] })), 'new words of it');
  assert.equal(judge(heard('10.0.0.1', 1, { names: [name('laser', 'mdns')] })), 'seen lately');
  assert.equal(judge(heard('10.0.0.1', 1), AT + 90_000), 'seen lately');
  assert.equal(judge(heard('10.0.0.1', 1), AT + 90_001), 'sweeps do not see it');
  assert.equal(judge(heard(null, 9)), 'no address yet');
});

test('only what is watched is news: addresses of targets, and other addresses of who lives there', () => {
  assert.equal(judge(heard('10.0.0.16', 9)), 'not watched');
  assert.equal(judge(heard('192.168.0.1', 1)), 'not watched');
  assert.equal(judge(heard('fe80::1', 9)), 'a stranger');
  assert.equal(judge(heard('fe80::1', 9), AT, { ...earShot, whole: false }), 'not watched');
  assert.equal(judge(heard('fe80::1', 1), AT, { ...earShot, whole: false }), 'at another address');
  assert.equal(judge(heard('no address', 9)), 'not watched');
});

test('a device is found by any of its cards, in the roll as it is now', () => {
  assert.equal(holderOf(roll, mac(2))?.id, 2);
  assert.equal(holderOf(roll, mac(3)), undefined);
  assert.equal(holderOf(rollWith(printer), mac(2)), undefined);
});

test('sightings of one card become one observation for each address, its words told once', () => {
  const client = { kind: 'dhcp.client', value: untrusted('01aa') } as const;
  const sightings = [
    heard(null, 1, { way: 'dhcp', names: [name('phone', 'dhcp')], clues: [client] }),
    heard('10.0.0.1', 1, { at: AT + MINUTE }),
    heard('fe80::1', 1, { way: 'nd' }),
    heard(null, 2, { way: 'lldp', clues: [client] }),
    heard('10.0.0.3', 3, { names: [name('phone', 'dhcp'), name('phone', 'dhcp')] }),
  ];
  const seen = observationsOf(sightings, (card) => (card === mac(3) ? untrusted('Acme') : null));
  assert.deepEqual(
    seen.map(({ address, mac: card, vendor, reason, names, clues, seenAt }) => [
      address,
      card,
      vendor,
      reason,
      names?.map((one) => String(one.name)) ?? null,
      clues?.length ?? 0,
      seenAt,
    ]),
    [
      ['10.0.0.1', mac(1), null, 'arp-heard', ['phone'], 1, AT + MINUTE],
      ['fe80::1', mac(1), null, 'nd-heard', null, 0, AT],
      ['10.0.0.3', mac(3), 'Acme', 'arp-heard', ['phone'], 0, AT],
    ],
  );
});
