import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNmapBytes } from '../../src/nmap-xml/index.ts';
import { byteByByte, hearOurs } from './events.ts';
import { bytesOf, read, situations } from './fixtures.ts';

const sound = situations.filter((situation) => read(situation).ending === 'complete');

/** Index after the last of these in the bytes. */
const after = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).lastIndexOf(text) + text.length;

describe('R6: a document cut off at every byte', () => {
  for (const situation of sound)
    it(`is partial, and never gives half a host: ${situation}`, () => {
      const bytes = bytesOf(situation);
      const closed = after(bytes, '</nmaprun>');
      const all = read(situation).hosts.map((host) => JSON.stringify(host));
      const ends = [
        ...Buffer.from(bytes)
          .toString('latin1')
          .matchAll(/<\/host>/g),
      ].map((match) => match.index + match[0].length);
      for (let length = 0; length < bytes.length; length++) {
        const part = readNmapBytes(bytes.subarray(0, length));
        const hosts = ends.filter((end) => end <= length).length;
        assert.deepEqual(
          part.hosts.map((host) => JSON.stringify(host)),
          all.slice(0, hosts),
        );
        const open = part.header ? 'partial' : 'unreadable';
        assert.equal(part.ending, length < closed ? open : 'complete', `cut after ${length} bytes`);
      }
    });

  it('is tried on more than a few', () => assert.ok(sound.length >= 15));
});

describe('a document in pieces', () => {
  for (const situation of situations)
    it(`is heard the same byte by byte, fault and all: ${situation}`, () => {
      const bytes = bytesOf(situation);
      assert.deepEqual(hearOurs(byteByByte(bytes)), hearOurs([bytes]));
    });
});
