import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, situations } from '../../test/nmap-xml/fixtures.ts';
import { createHostReader } from './host-reader.ts';
import type { HostPlace } from './nmap-run.ts';
import { createNmapReader } from './reader.ts';
import type { XmlHost } from './xml-host.ts';

function placesIn(bytes: Uint8Array, chunk: number): { host: XmlHost; place: HostPlace }[] {
  const found: { host: XmlHost; place: HostPlace }[] = [];
  const reader = createNmapReader({ onHost: (host, place) => found.push({ host, place }) }, { lenient: true });
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  reader.end();
  return found;
}

const slice = (bytes: Uint8Array, { offset, length }: HostPlace): Uint8Array => bytes.subarray(offset, offset + length);

test('the place of a host is its element, however the document was cut into pieces', () => {
  for (const situation of situations) {
    const bytes = bytesOf(situation);
    const whole = placesIn(bytes, bytes.length);
    for (const { place } of whole) assert.match(Buffer.from(slice(bytes, place)).toString(), /^<host[\s>][^]*<\/host>$/);
    for (const chunk of [1, 7, 64]) assert.deepEqual(placesIn(bytes, chunk), whole, situation);
  }
});

test('a host read again from its place is the same host, in any order', () => {
  const again = createHostReader();
  for (const situation of situations) {
    const bytes = bytesOf(situation);
    for (const { host, place } of placesIn(bytes, bytes.length).toReversed())
      assert.deepEqual(again.read([slice(bytes, place)], host.scanProtocol), host, situation);
  }
});

test('bytes that are no host, or not one, are none; hosts after them are read as before', () => {
  const host = '<host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/></host>';
  const reader = createHostReader();
  const read = (text: string): string | null => reader.read([Buffer.from(text)], null)?.state ?? null;
  for (const text of [
    '',
    'text',
    '<host>',
    `${host}${host}`,
    host.slice(0, -1),
    host.slice(1),
    `${host}</nmaprun>`,
    '<port/>',
    '</host>',
  ]) {
    assert.equal(read(text), null, text);
    assert.equal(read(host), 'up');
  }
});

test('an empty host has a place too', () => {
  const [only] = placesIn(Buffer.from('<nmaprun><host/></nmaprun>'), 3);
  assert.deepEqual(only?.place, { offset: 9, length: 7 });
});
