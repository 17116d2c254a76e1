// Checks first, then every test file in a process of its own. The last line is the result.
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checks, runCheck } from './checks.js';
import { root } from './setup/packages.js';
import { mannerOf, testFiles } from './testing/files.js';
import { leftovers, markOf, sinceBoot } from './testing/leftovers.js';
import { runFile } from './testing/run-file.js';
import { Tally } from './testing/tally.js';

const quick = process.argv.includes('--quick');
const named = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
/** Longest time for one file; those on the LAN get more: a kill or a night takes as long as the machine lets it. */
const BUDGET = quick ? 60_000 : 300_000;
const BUDGET_ALONE = 600_000;
/** Tests that wait for nmap most of the time: so many beside those that work. */
const PATIENT_ABREAST = 2;
/** Five hundred processes strip and compile the same sources: each once, here and in the programs that the tests start. */
const COMPILED = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/rollcall') };
const id = randomUUID();
const tally = new Tally();

/** Runs jobs a few at a time. */
async function pool(jobs, width, work) {
  const queue = [...jobs];
  const worker = async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function runChecks() {
  await pool(checks(), 2, async (check) => tally.check(await runCheck(check)));
}

async function runFiles(files, width, budget) {
  const env = { ...COMPILED, ...process.env, ...markOf(id), NODE_DISABLE_COLORS: '1' };
  await pool(files, width, async (path) => {
    const started = performance.now();
    const result = await runFile(path, { cwd: root, env, budget });
    tally.file(path, result, performance.now() - started);
  });
}

async function main() {
  const since = sinceBoot();
  if (named.length === 0) await runChecks();
  const files = named.length > 0 ? named : testFiles(root, { quick });
  const { together = [], patient = [], alone = [] } = Object.groupBy(files, (path) => mannerOf(root, path));
  await Promise.all([runFiles(together, availableParallelism(), BUDGET), runFiles(patient, PATIENT_ABREAST, BUDGET_ALONE)]);
  await runFiles(alone, 1, BUDGET_ALONE);
  tally.leftovers(await leftovers(id, { since }));
  return tally.close();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    console.log(`stopped by ${signal}`);
    process.exit(130);
  });
process.exitCode = await main();
