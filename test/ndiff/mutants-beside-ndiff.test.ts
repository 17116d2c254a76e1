/** Damaged scans as Ndiff takes them: ours accepts, refuses and prints the same. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Desk } from './desk.ts';
import { SEED } from './mutants/campaign.ts';
import { type Mutant, mutantOf } from './mutants/mutant.ts';
import { originals } from './mutants/originals.ts';
import { needsReference } from './needs-reference.ts';
import { MODES } from './pairs.ts';

const COUNT = Number(process.env['MUTANTS_BESIDE_NDIFF'] ?? 1500);
const BLOCK = 500;
/** More faults than these are the same ones again. */
const TOLD = 4;

/** A sound scan, to compare with. */
const SOUND = originals.find(({ name }) => name === 'ports of every kind')?.bytes ?? Buffer.of();

/** Where we are not Ndiff on purpose. Judged by the text alone, so that nothing else can hide behind it. */
const EXCEPTIONS: readonly { readonly why: string; readonly fits: (text: string) => boolean }[] = [
  { why: 'Ndiff follows definitions inside a DOCTYPE; we refuse them all', fits: (text) => /<!DOCTYPE[^>]*\[/.test(text) },
  {
    why: 'Ndiff skips entities it cannot know when a DOCTYPE names a file; we refuse them',
    fits: (text) => /<!DOCTYPE[^>]*(?:SYSTEM|PUBLIC)/.test(text),
  },
];

const isException = ({ bytes }: Mutant): boolean => EXCEPTIONS.some(({ fits }) => fits(bytes.toString('latin1')));

describe(`mutants of seed ${SEED}`, needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  async function judge(mutant: Mutant): Promise<string[]> {
    const { number, bytes, original } = mutant;
    const other = number % 3 === 0 ? SOUND : original.bytes;
    const pair = number % 2 === 0 ? { a: bytes, b: other } : { a: other, b: bytes };
    return desk.judge(pair, [MODES[(number >> 1) % MODES.length] ?? []]);
  }

  for (let first = 0; first < COUNT; first += BLOCK)
    test(`${first} to ${first + BLOCK - 1} come out as Ndiff has them`, async () => {
      const faults: string[] = [];
      for (let number = first; number < first + BLOCK && faults.length < TOLD; number++) {
        const mutant = mutantOf(SEED, number);
        if (isException(mutant)) continue;
        for (const fault of await judge(mutant))
          faults.push(`mutant ${number} of seed ${SEED}, ${mutant.original.name}: ${mutant.story.join(', ')}\n${fault}`);
      }
      if (faults.length > 0) assert.fail(faults.slice(0, TOLD).join('\n\n'));
    });
});
