import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AddressValue, parseAddress } from '../../core/index.ts';
import { type Place, placeOf } from './places.ts';

const place = (text: string): Place => placeOf(parseAddress(text) as AddressValue);

test('S21: every address is public, private, this machine, or nowhere a channel goes', () => {
  const places: Readonly<Record<Place, readonly string[]>> = {
    public: [
      '1.1.1.1',
      '8.8.8.8',
      '100.63.255.255',
      '100.128.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '11.0.0.0',
      '223.255.255.255',
      '2606:4700::1111',
      '2a00:1450:4001::1',
    ],
    private: [
      '10.0.0.0',
      '10.255.255.255',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      '100.64.0.1',
      '100.127.255.255',
      '198.18.0.1',
      'fc00::1',
      'fdff::1',
    ],
    loopback: ['127.0.0.1', '127.255.255.255', '::1'],
    never: [
      '0.0.0.0',
      '0.1.2.3',
      '169.254.0.1',
      '169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.9',
      '224.0.0.1',
      '239.255.255.250',
      '240.0.0.1',
      '255.255.255.255',
      '192.88.99.1',

      '::',
      'fe80::1',
      'febf::1',
      'fec0::1',
      'ff02::1',
      'ff0e::1',
      'fd00:ec2::254',
      'fd20:ce::254',
      '::127.0.0.1',
      '::7f00:1',
      '2001::1',
      '2001:db8::1',
      '64:ff9b:1::1',
      '100::1',
      '4000::1',
      '3fff::1',
      '5f00::1',
    ],
  };
  for (const [expected, addresses] of Object.entries(places))
    for (const address of addresses) assert.equal(place(address), expected, address);
});

test('S21: an IPv6 address that stands for one of IPv4 is where that is', () => {
  const four = fc.tuple(...[0, 1, 2, 3].map(() => fc.oneof(fc.constantFrom(0, 10, 127, 169, 192, 224, 254, 255), fc.nat(255))));
  fc.assert(
    fc.property(four, (octets) => {
      const text = octets.join('.');
      const [a = 0, b = 0, c = 0, d = 0] = octets;
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const six of [`::ffff:${text}`, `64:ff9b::${text}`, `2002:${hex}::1`]) assert.equal(place(six), place(text), six);
    }),
  );
});
