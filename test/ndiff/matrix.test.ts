/** Made-up pairs of scans by the hundred, each in every mode: ours is Ndiff's output, byte for byte. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { MODES, pairOf } from './pairs.ts';

/** Other seeds than these: ROLLCALL_NDIFF_SEEDS=1000-1999. */
const [FIRST = 1, LAST = 250] = (process.env['ROLLCALL_NDIFF_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);
const BLOCK = 25;
/** More faults than these are the same one again. */
const TOLD = 4;

describe(`pairs ${FIRST} to ${LAST}, in ${MODES.length} modes`, needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  for (let first = FIRST; first <= LAST; first += BLOCK) {
    const last = Math.min(first + BLOCK - 1, LAST);
    test(`pairs ${first} to ${last} come out as Ndiff has them`, async () => {
      const faults: string[] = [];
      for (let seed = first; seed <= last && faults.length < TOLD; seed++)
        for (const fault of await desk.judge(pairOf(seed), MODES))
          faults.push(`pair ${seed} (again: node_modules/.bin/node test/ndiff/one-pair.ts ${seed})\n${fault}`);
      if (faults.length > 0) assert.fail(faults.slice(0, TOLD).join('\n\n'));
    });
  }

  test('the matrix is as large as promised', () => {
    assert.ok(desk.runs >= Math.min(700, (LAST - FIRST + 1) * MODES.length), `only ${desk.runs} runs`);
  });
});
