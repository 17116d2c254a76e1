/** Real scans cut off at every byte. `ndiff` refuses what is not a whole document, and prints nothing of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bytesOf } from '../nmap-xml/fixtures.ts';
import { Desk } from './desk.ts';
import { surveyOf } from './mutants/as-ndiff.ts';
import { originals } from './mutants/originals.ts';
import { needsReference } from './needs-reference.ts';
import { runOurs } from './ours.ts';

const HOSTILE = 'real-services-and-hostile-banner';
const whole = [...originals, { name: `${HOSTILE}.xml`, bytes: Buffer.from(bytesOf(HOSTILE)) }].filter(({ bytes }) => surveyOf([bytes]).ok);
const real = whole.filter(({ name }) => name.startsWith('real-'));
/** Bytes up to the end of the root element: what may be missing behind it is only white space. */
const enough = (bytes: Buffer): number => bytes.lastIndexOf('>') + 1;

test('there are real scans and others to cut', () => {
  assert.ok(real.length >= 4);
  assert.ok(whole.length >= 20);
});

describe('a scan cut off at any byte', () => {
  for (const { name, bytes } of whole)
    test(`is refused unless only the end of the file is missing: ${name}`, () => {
      for (let length = 0; length < bytes.length; length++)
        assert.equal(surveyOf([bytes.subarray(0, length)]).ok, length >= enough(bytes), `cut after ${length} bytes`);
    });
});

describe('rollcall ndiff of a real scan cut off at any byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cut-off-'));
  const [cut, other] = [join(folder, 'cut.xml'), join(folder, 'whole.xml')];
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name, bytes } of real)
    test(`ends with 2 and prints nothing: ${name}`, async () => {
      writeFileSync(other, bytes);
      for (let length = 0; length < enough(bytes); length++) {
        writeFileSync(cut, bytes.subarray(0, length));
        const { code, stdout, stderr } = await runOurs({ argv: length % 2 === 0 ? [cut, other] : [other, cut] });
        assert.deepEqual({ code, stdout: stdout.toString() }, { code: 2, stdout: '' }, `cut after ${length} bytes`);
        assert.match(stderr.toString(), /cut\.xml:\d+:\d+: /);
      }
    });
});

describe('beside ndiff', needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  for (const { name, bytes } of real)
    test(`a cut ends the same: ${name}`, async () => {
      for (let length = bytes.length; length >= 0; length -= length > enough(bytes) - 8 ? 1 : 61) {
        const faults = await desk.judge({ a: bytes, b: bytes.subarray(0, length) }, [['-v']]);
        assert.deepEqual(faults, [], `cut after ${length} bytes`);
      }
    });
});
