import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostXml, scanXml } from '../../../test/make/nmap-file.ts';
import { Fault } from '../../core/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { surveyFile } from './survey.ts';

/** A file that begins so and never ends; it notes how far it was read. */
function endless(start: string, again: (turn: number) => string): SeekableFile & { fed: number } {
  let [rest, turn] = [Buffer.from(start), 0];
  const file = {
    fed: 0,
    fd: -1,
    size: Number.MAX_SAFE_INTEGER,
    spooled: false,
    read(buffer: Uint8Array): number {
      while (rest.length < buffer.length) rest = Buffer.concat([rest, Buffer.from(again(turn++))]);
      buffer.set(rest.subarray(0, buffer.length));
      rest = rest.subarray(buffer.length);
      file.fed += buffer.length;
      return buffer.length;
    },
    close: () => undefined,
  };
  return file;
}

const RUN = '<nmaprun scanner="nmap" args="nmap 10.0.0.0/28">';
const many = (one: (n: number) => string) => (turn: number) => Array.from({ length: 500 }, (_, i) => one(turn * 500 + i)).join('');
const address = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

test('G6: a file that never ends is read only until it asks too much', async () => {
  const bombs: readonly (readonly [string, (turn: number) => string])[] = [
    [`${RUN}<host comment="`, many(() => 'xxxxxxxx')],
    [RUN, many(() => '<a>')],
    [`${RUN}${hostXml({})}`, many((n) => `<a${n}/>`)],
    [`${RUN}<host><ports>`, many(() => '<port protocol="tcp" portid="1"/>')],
    ['<!DOCTYPE a SYSTEM "', many(() => 'x')],
  ];
  for (const [start, again] of bombs) {
    const file = endless(start, again);
    const { ending } = await surveyFile(file, 'bomb');
    assert.notEqual(ending.ending, 'complete');
    assert.ok(ending.fault);
    assert.ok(file.fed < 32 * 2 ** 20, `${start}: read ${file.fed} bytes`);
  }
});

test('more hosts than can be kept are refused, whether they are up, down, or say nothing', async () => {
  const kinds: readonly ((n: number) => string)[] = [
    (n) => hostXml({ address: address(n) }),
    (n) => hostXml({ address: address(2 * n), state: 'down' }),
    (n) => hostXml({ address: address(2 * n), reason: 'user-set' }),
  ];
  for (const kind of kinds)
    await assert.rejects(surveyFile(endless(RUN, many(kind)), 'bomb', 2000), (thrown) => {
      assert.ok(thrown instanceof Fault);
      assert.match(thrown.message, /^reading bomb: it holds more than 2000 hosts/);
      return true;
    });
});

test('a whole block that is down is one range, however many addresses it has', async () => {
  const hosts = Array.from({ length: 3000 }, (_, n) => ({ address: address(n), state: 'down' }));
  const bytes = Buffer.from(scanXml({ hosts }));
  const read = (buffer: Uint8Array, position: number): number => bytes.copy(buffer, 0, position);
  const { claims, ending } = await surveyFile({ fd: -1, size: bytes.length, spooled: false, read, close: () => undefined }, 'down', 2000);
  assert.deepEqual([ending.ending, claims.absent.ranges.length], ['complete', 1]);
});

test('of a host with very many names only some are kept to recognise it by', async () => {
  const names = Array.from({ length: 5000 }, (_, n) => `<hostname name="n${n}.lan" type="PTR"/>`).join('');
  const bytes = Buffer.from(scanXml({ hosts: [{ more: `<hostnames>${names}</hostnames>` }] }));
  const read = (buffer: Uint8Array, position: number): number => bytes.copy(buffer, 0, position);
  const { hosts } = await surveyFile({ fd: -1, size: bytes.length, spooled: false, read, close: () => undefined }, 'names');
  assert.equal(hosts[0]?.names?.length, 32);
});
