import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../../test/make/arbitraries.ts';
import { device, name, port, service } from '../../../test/make/device.ts';
import { type ClueKind, type Device, type DeviceType, untrusted } from '../../core/index.ts';
import { guessType } from './guess-type.ts';

const said = (kind: ClueKind, ...values: readonly string[]): Device =>
  device({ clues: values.map((value) => ({ kind, value: untrusted(value) })) });
const madeBy = (vendor: string, ...open: readonly number[]): Device =>
  device({ macs: [{ mac: '00:11:32:00:00:01', vendor: untrusted(vendor) }], ports: open.map((number) => port(number)) });
const called = (text: string): Device => device({ names: [name(text, 'dhcp')] });

const KNOWN: readonly (readonly [DeviceType, Device])[] = [
  ['phone', said('mdns.model', 'iPhone15,2')],
  ['tablet', said('mdns.model', 'iPad13,1')],
  ['laptop', said('mdns.model', 'MacBookPro18,3')],
  ['desktop', said('mdns.model', 'iMac21,1')],
  ['speaker', said('mdns.model', 'AudioAccessory5,1')],
  ['nas', said('mdns.model', 'DS920+')],
  ['printer', said('mdns.service', '_ipp._tcp')],
  ['tv', said('mdns.service', '_googlecast._tcp')],
  ['speaker', said('mdns.service', '_googlecast._tcp', '_spotify-connect._tcp')],
  ['speaker', said('mdns.service', '_sonos._tcp')],
  ['camera', said('mdns.service', '_axis-video._tcp')],
  ['phone', said('dhcp.vendor', 'android-dhcp-14')],
  ['desktop', said('dhcp.vendor', 'MSFT 5.0')],
  ['access-point', said('dhcp.vendor', 'Cisco AP c1130')],
  ['other', said('dhcp.vendor', 'yealink')],
  ['desktop', said('dhcp.options', '1,3,6,15,31,33,43,44,46,47,119,121,249,252')],
  ['phone', said('dhcp.options', '1,121,3,6,15,108,114,119,252')],
  ['laptop', said('dhcp.options', '1,121,3,6,15,108,114,119,252,95,44,46')],
  ['router', said('router', 'yes')],
  ['switch', said('lldp.system', 'HP ProCurve Switch 2510G')],
  ['nas', madeBy('Synology Incorporated', 5000, 5001)],
  ['nas', madeBy('QNAP Systems, Inc.')],
  ['camera', madeBy('Hangzhou Hikvision Digital Technology Co.,Ltd.', 554)],
  ['camera', madeBy('Axis Communications AB')],
  ['speaker', madeBy('Sonos, Inc.')],
  ['console', madeBy('Nintendo Co.,Ltd')],
  ['console', madeBy('Sony Interactive Entertainment Inc.')],
  ['plug', madeBy('Espressif Inc.', 6668)],
  ['light', madeBy('Signify B.V.')],
  ['access-point', madeBy('Ubiquiti Inc')],
  ['printer', madeBy('Hewlett Packard', 9100)],
  ['vm', device({ macs: [{ mac: '52:54:00:12:34:56', vendor: null }] })],
  ['container', device({ macs: [{ mac: '02:42:ac:11:00:02', vendor: null }] })],
  ['phone', called('Annas-iPhone')],
  ['watch', called('Annas-Apple-Watch')],
  ['desktop', called('DESKTOP-4F2K9QZ')],
  ['printer', called('NPI1A2B3C')],
  ['router', called('fritz.box')],
  ['console', called('Nintendo-Switch')],
  ['server', device({ os: untrusted('Microsoft Windows Server 2019') })],
  ['router', device({ ports: [port(8291)] })],
  ['server', device({ ports: [port(5432, 'open', service('PostgreSQL DB'))] })],
];

test('devices are taken for what they are, each by what it says or shows', () => {
  for (const [type, one] of KNOWN)
    assert.equal(guessType(one)?.type, type, JSON.stringify([one.clues, one.names, one.macs, one.ports.length]));
});

test('the guess says by what, and what adds to it makes it surer', () => {
  assert.deepEqual(guessType(said('mdns.model', 'iPhone15,2')), { type: 'phone', confidence: 0.97, reason: 'is by mDNS a iPhone15,2' });
  const [alone, both] = [guessType(madeBy('Hikvision')), guessType(madeBy('Hikvision', 554))];
  assert.ok(alone && both && both.confidence > alone.confidence);
  assert.equal(both.reason, 'its card is made by Hikvision; open is port 554/tcp');
});

test('a TV that casts and plays is a TV, when its model says so', () => {
  const one = said('mdns.service', '_airplay._tcp', '_raop._tcp', '_spotify-connect._tcp');
  const tv: Device = { ...one, clues: [...one.clues, { kind: 'mdns.model', value: untrusted('AppleTV11,1') }] };
  assert.equal(guessType(tv)?.type, 'tv');
});

test('nothing, a web server or a maker of everything is no guess', () => {
  for (const one of [
    device(),
    madeBy('Apple, Inc.'),
    madeBy('Intel Corporate', 80, 443),
    said('mdns.service', '_http._tcp'),
    called('anna'),
  ])
    assert.equal(guessType(one), null, JSON.stringify(one.macs));
});

test('a tarpit with all ports open is not everything at once', () => {
  assert.equal(guessType(device({ ports: Array.from({ length: 10_000 }, (_, i) => port(i + 1)) })), null);
});

test('whatever a device says, the guess is one of our types, of 0.3 to 0.99, and short to tell', () => {
  fc.assert(
    fc.property(anyDevice, (one) => {
      const guess = guessType(one);
      assert.ok(guess === null || (guess.confidence >= 0.3 && guess.confidence <= 0.99 && guess.reason.length < 240));
    }),
  );
});
