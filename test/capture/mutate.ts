// node test/capture/mutate.ts [--count N] [--seed S] [--from N]: reads so many damaged frames, and says which one it stumbled over.
// node test/capture/mutate.ts --only N --seed S: shows this one mutant in hex, and what is read of it.
import { parseArgs } from 'node:util';
import { readFrame } from '../../src/probes/capture/read-frame.ts';
import { emptyTally, judgeMutant, mutantOf } from './mutants.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
});
const [seed, from, count] = [Number(values.seed), Number(values.from), Number(values.count)] as const;

if (values.only === undefined) judgeAll();
else {
  const frame = mutantOf(seed, Number(values.only));
  console.log(frame.toString('hex'));
  console.log(readFrame(frame));
}

function judgeAll(): void {
  const began = performance.now();
  const tally = emptyTally();
  let failed = 0;
  for (let number = from; number < from + count; number++) {
    try {
      judgeMutant(seed, number, tally);
    } catch (reason) {
      failed++;
      console.error(`mutant ${number} of seed ${seed}: ${String(reason)}`);
    }
  }
  console.log(JSON.stringify({ seed, from, count, ...tally, failed, seconds: Math.round((performance.now() - began) / 100) / 10 }));
  process.exitCode = failed > 0 ? 1 : 0;
}
