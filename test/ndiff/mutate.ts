// node test/ndiff/mutate.ts [--count N] [--seed S] [--from N] [--workers N] [--way ndiff|view]: has so many mutants judged, and says which failed.
// node test/ndiff/mutate.ts --only N --seed S: writes this one mutant to standard output, and its story to standard error.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { judgeMutants } from './mutants/herd.ts';
import { judge, WAYS, type Way } from './mutants/judge.ts';
import { mutantOf } from './mutants/mutant.ts';
import { emptyTally } from './mutants/tally.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: String(availableParallelism()) },
    way: { type: 'string', multiple: true, default: Object.keys(WAYS) },
    only: { type: 'string' },
  },
});
const [seed, from, count, workers] = [values.seed, values.from, values.count, values.workers].map(Number) as [
  number,
  number,
  number,
  number,
];
const ways = values.way.filter((way): way is Way => Object.hasOwn(WAYS, way));

async function showOne(number: number): Promise<void> {
  const mutant = mutantOf(seed, number);
  console.error(`${mutant.original.name}: ${mutant.story.join(', ')}; ${mutant.bytes.length} bytes in ${mutant.chunks.length} chunks`);
  process.stdout.write(mutant.bytes);
  await judge(mutant, ways, emptyTally());
}

async function judgeAll(): Promise<void> {
  console.error(`seed ${seed}, mutants ${from} to ${from + count - 1}`);
  const began = performance.now();
  let told = 0;
  const { failed, ...rest } = await judgeMutants({
    ways,
    seed,
    from,
    count,
    workers,
    onFailed: ({ number, story }) => console.error(`\nmutant ${number} of seed ${seed}: ${story}`),
    progress(done) {
      if (performance.now() < told + 60_000) return;
      told = performance.now();
      console.error(`${done} of ${count}`);
    },
  });
  console.log(JSON.stringify({ seed, from, ...rest, failed: failed.length, seconds: Math.round((performance.now() - began) / 1000) }));
  process.exitCode = failed.length > 0 ? 1 : 0;
}

if (values.only === undefined) await judgeAll();
else await showOne(Number(values.only));
