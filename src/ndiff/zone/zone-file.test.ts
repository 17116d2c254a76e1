import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileOfZone, zoneFile } from '../../../test/make/zone-file.ts';
import { findZone } from './find-zone.ts';
import { usualSummers } from './usual-summers.ts';
import { zoneFromFile } from './zone-file.ts';

const HOUR = 3600;
const [LMT, CET, CEST] = [{ offset: 3208 }, { offset: HOUR }, { offset: 2 * HOUR, isSummer: true }] as const;
const BERLIN: FileOfZone = {
  kinds: [LMT, CET, CEST],
  changes: [
    [-2_422_054_408, 1],
    [1_679_792_400, 2],
    [1_698_541_200, 1],
  ],
  footer: 'CET-1CEST,M3.5.0,M10.5.0/3',
};
const offsets = (bytes: Uint8Array, ...epochs: number[]): (number | undefined)[] => epochs.map((epoch) => zoneFromFile(bytes)?.(epoch));

test('a zone changes when its file says so, and afterwards by its rule', () => {
  const bytes = zoneFile(BERLIN);
  assert.deepEqual(offsets(bytes, -2_422_054_409, -2_422_054_408), [3208, HOUR]);
  assert.deepEqual(offsets(bytes, 1_679_792_399, 1_679_792_400, 1_698_541_199, 1_698_541_200), [HOUR, 2 * HOUR, 2 * HOUR, HOUR]);
  assert.deepEqual(offsets(bytes, 1_783_000_000, 4_118_000_000, 1_770_000_000), [2 * HOUR, 2 * HOUR, HOUR]);
});

test('a zone without a rule stays as it is after its last change', () => {
  assert.deepEqual(offsets(zoneFile({ ...BERLIN, footer: '' }), 1_783_000_000), [HOUR]);
});

test('before its first change a zone has the first time that is no summer', () => {
  assert.deepEqual(offsets(zoneFile({ ...BERLIN, kinds: [CEST, CET, CEST] }), -3e9), [HOUR]);
  assert.deepEqual(offsets(zoneFile({ ...BERLIN, kinds: [CEST], changes: [] }), -3e9, 3e9), [2 * HOUR, 2 * HOUR]);
});

test('an old file has 32 bits and no rule', () => {
  const bytes = zoneFile({ ...BERLIN, changes: [[1_679_792_400, 2]], version: 0 });
  assert.deepEqual(offsets(bytes, 1_679_792_399, 1_679_792_400, 4e9), [3208, 2 * HOUR, 2 * HOUR]);
});

test('what is no such file, or cut off anywhere, is no zone', () => {
  const bytes = zoneFile({ ...BERLIN, footer: '' });
  assert.equal(zoneFromFile(new Uint8Array()), null);
  assert.equal(zoneFromFile(Uint8Array.from('root:x:0:0:root:/root:/bin/bash\n'.repeat(9), (sign) => sign.charCodeAt(0))), null);
  for (let length = 0; length < bytes.length - 20; length++) assert.equal(zoneFromFile(bytes.subarray(0, length)), null, `${length} bytes`);
  assert.equal(zoneFromFile(zoneFile({ ...BERLIN, changes: [[0, 7]] })), null, 'a kind of time that is not there');
});

test('a name is a file first, then a rule, and else UTC', () => {
  const files = new Map([
    ['/zones/Europe/Berlin', zoneFile(BERLIN)],
    ['/etc/localtime', zoneFile({ ...BERLIN, kinds: [{ offset: 60 }], changes: [], footer: '' })],
  ]);
  const at = (name: string | undefined): number =>
    findZone({ name, folder: '/zones', read: (path) => files.get(path) ?? null })(1_690_000_000);
  assert.equal(at('Europe/Berlin'), 2 * HOUR);
  assert.equal(at(':Europe/Berlin'), 2 * HOUR);
  assert.equal(at('/zones/Europe/Berlin'), 2 * HOUR);
  assert.equal(at(undefined), 60, 'that of this machine');
  assert.equal(at('XYZ-3'), 3 * HOUR);
  for (const name of ['', ':', 'europe/berlin', 'Nowhere/Land', '/nowhere']) assert.equal(at(name), 0, name);
});

test('usual summers are moved to the zone as glibc moves them', () => {
  const newYork = zoneFile({
    kinds: [{ offset: -5 * HOUR }, { offset: -4 * HOUR, isSummer: true }],
    changes: [
      [1_678_604_400, 1],
      [1_699_164_000, 0],
      [1_710_054_000, 1],
    ],
    footer: 'EST5EDT,M3.2.0,M11.1.0',
  });
  const zone = usualSummers(newYork, { standard: HOUR, summer: 2 * HOUR }) ?? assert.fail('no zone');
  const change = (at: number): number[] => [zone(at - 1) / HOUR, zone(at) / HOUR];
  assert.deepEqual(change(1_678_604_400 + 6 * HOUR), [1, 2]);
  assert.deepEqual(change(1_699_164_000 + 2 * HOUR), [2, 1]);
  assert.equal(zone(0), HOUR);
  assert.equal(zone(1_783_000_000), -4 * HOUR, 'after the last change it is New York');
  assert.equal(usualSummers(zoneFile({ ...BERLIN, changes: [] }), { standard: 0, summer: 0 }), null);
  const asked = (name: string): number => findZone({ name, folder: '/z', read: (path) => (path === '/z/posixrules' ? newYork : null) })(0);
  assert.equal(asked('XYZ-3ABC'), 3 * HOUR);
});

test('changes that were written down in standard time or in UTC are moved by that, or not at all', () => {
  const file = (kind: object): Uint8Array =>
    zoneFile({
      kinds: [
        { offset: -5 * HOUR, ...kind },
        { offset: -4 * HOUR, isSummer: true },
      ],
      changes: [
        [1_000_000, 1],
        [2_000_000, 0],
        [3_000_000, 1],
      ],
      footer: '',
    });
  const ends = (bytes: Uint8Array, at: number): number[] => {
    const zone = usualSummers(bytes, { standard: HOUR, summer: 2 * HOUR }) ?? assert.fail('no zone');
    return [zone(at - 1) / HOUR, zone(at) / HOUR];
  };
  assert.deepEqual(ends(file({ inStandard: true }), 2_000_000 + 6 * HOUR), [2, 1]);
  assert.deepEqual(ends(file({ inStandard: true, inUt: true }), 2_000_000), [2, 1]);
});
