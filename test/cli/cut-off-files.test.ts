import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { describe, it } from 'node:test';
import { openFileView } from '../../src/cli/views/index.ts';
import { type ComparisonItem, coverageText, Fault, type View } from '../../src/core/index.ts';
import { compareViews, IGNORE_NOTHING } from '../../src/diff/index.ts';
import { testFolder } from '../make/nmap-file.ts';
import { bytesOf, read, situations } from '../nmap-xml/fixtures.ts';

const OTHERS = ['three-hosts', 'down-hosts-of-a-verbose-scan', 'host-timed-out', 'script-output'];
const scans = situations.filter((situation) => (situation.startsWith('real-') || OTHERS.includes(situation)) && read(situation).finished);

/** Where each element of this name ends in the bytes. */
const ends = (bytes: Uint8Array, name: string): number[] =>
  Array.from(
    Buffer.from(bytes)
      .toString('latin1')
      .matchAll(new RegExp(`</${name}>`, 'g')),
    (match) => match.index + match[0].length,
  );

const addressesIn = ({ entries }: View): string[] => entries.flatMap(({ addresses }) => addresses);

/** What a comparison says that is more than "unknown". */
function claims(a: View, b: View): ComparisonItem[] {
  return [...compareViews(a, b, IGNORE_NOTHING)].filter((item) => item.kind === 'device' && item.differences.length > 0);
}

describe('R6: a file cut off at every byte', () => {
  for (const situation of scans)
    it(`has whole hosts only, says that it is partial, and makes nobody leave: ${situation}`, async (t) => {
      const bytes = bytesOf(situation);
      const write = testFolder(t);
      const whole = await openFileView(write('whole.xml', bytes), { now: 0 });
      t.after(() => whole.close());
      const path = write('cut.xml', bytes);
      const [hosts, [end = 0]] = [ends(bytes, 'host'), ends(bytes, 'nmaprun')];
      const text = Buffer.from(bytes).toString('latin1');
      const header = text.indexOf('>', text.indexOf('<nmaprun')) + 1;
      const listed = read(situation).hosts.map((host) => host.addresses[0]?.addr);
      for (let length = bytes.length - 1; length >= 0; length--) {
        truncateSync(path, length);
        const cut = await openFileView(path, { now: 0 }).catch((reason: unknown) => reason);
        if (cut instanceof Fault) {
          assert.equal(cut.code, 'bad-input');
          assert.ok(length < header, `refused after ${length} bytes`);
          continue;
        }
        const view = cut as View;
        const there = hosts.filter((host) => host <= length).length;
        assert.equal(view.partial === whole.partial, length >= end, `cut after ${length} bytes`);
        if (length < end) {
          assert.match(view.partial ?? '', /line \d+, column \d+, byte \d+/);
          assert.deepEqual(
            addressesIn(view),
            addressesIn(whole).filter((address) => listed.indexOf(address) < there),
          );
          assert.ok(
            view.coverage.addresses.reduce((sum, { first, last }) => sum + last - first + 1n, 0n) <= BigInt(there),
            String(coverageText(view.coverage).addresses),
          );
        }
        assert.deepEqual([...claims(whole, view), ...claims(view, whole)], [], `cut after ${length} bytes`);
        view.close();
      }
    });

  it('is tried on more than a few', () => assert.ok(scans.length >= 7, scans.join()));
});
