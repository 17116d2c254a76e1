/** Damaged scans by the hundred thousand, read and compared as `rollcall ndiff` does: refused or printed, never worse. */
import { test } from 'node:test';
import { assertShares, assertTaken, SEED } from './mutants/campaign.ts';

const COUNT = Number(process.env['MUTANTS'] ?? 100_000);

test(`${COUNT} damaged scans (seed ${SEED}) are refused or compared, each within a second`, async (t) => {
  const { read, refused, different } = await assertTaken(t, 'ndiff', COUNT);
  assertShares(COUNT, { read, refused, different });
});
