import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import type { TestContext } from 'node:test';
import { type Failed, type HerdResult, judgeMutants } from './herd.ts';
import type { Way } from './judge.ts';

/** Another one each run. That one again: MUTANTS_SEED=1. */
export const SEED = Number(process.env['MUTANTS_SEED'] ?? Date.now() % 2 ** 31);

/** Has so many mutants of this run's seed judged; fails with the story of each that was not taken as it should be. */
export async function assertTaken(t: TestContext, way: Way, count: number): Promise<HerdResult> {
  const result = await judgeMutants({ ways: [way], seed: SEED, from: 0, count, workers: availableParallelism() });
  const { failed, ...rest } = result;
  t.diagnostic(JSON.stringify({ seed: SEED, ...rest }));
  if (failed.length > 0) assert.fail(failed.map((one) => again(one, way)).join('\n\n'));
  assert.equal(result.done, count);
  return result;
}

/** What too few mutants do is hardly tested. */
export function assertShares(count: number, shares: Readonly<Record<string, number>>): void {
  for (const [what, share] of Object.entries(shares)) assert.ok(share > count / 20, `only ${share} of ${count} mutants are ${what}`);
}

const again = ({ number, story }: Failed, way: Way): string =>
  `again: node test/ndiff/mutate.ts --way ${way} --seed ${SEED} --only ${number}\n${story}`;
