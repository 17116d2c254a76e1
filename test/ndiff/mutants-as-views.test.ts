/** Damaged scans, read as far as they can be and compared as `rollcall diff` does: whole, partial and said to be so, or refused. */
import { test } from 'node:test';
import { assertShares, assertTaken, SEED } from './mutants/campaign.ts';

const COUNT = Number(process.env['MUTANTS'] ?? 100_000) / 4;

test(`${COUNT} damaged scans (seed ${SEED}) are seen as far as they can be, each within a second`, async (t) => {
  const { views, partial } = await assertTaken(t, 'view', COUNT);
  assertShares(COUNT, { whole: views - partial, partial, unreadable: COUNT - views });
});
