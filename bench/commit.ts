import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from '../src/core/index.ts';
import { openStore } from '../src/store/index.ts';
import { openKeeper } from './keeper.ts';
import { median, type Row, round, timed } from './row.ts';
import { hostAt, reportOf } from './world.ts';

const HOSTS = 10_000;
const RUNS = 5;

/** Commits of 10,000 hosts through the keeper's ledger into SQLite: fold, compare, store, publish. */
export async function commitRows(): Promise<Row[]> {
  const hosts = Array.from({ length: HOSTS }, (_, i) => hostAt(i));
  const fresh: number[] = [];
  const unchanged: number[] = [];
  const stalls: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
    const store = await openStore({ kind: 'sqlite', path: join(folder, 'rollcall.db') });
    const keeper = await openKeeper(store);
    stalls.push(
      await longestStall(async () => void fresh.push(await timed(() => keeper.commit(reportOf(hosts, at(run, 0), { ports: true }))))),
    );
    for (let again = 1; again <= 3; again++)
      unchanged.push(await timed(() => keeper.commit(reportOf(quiet(hosts), at(run, again), { ports: true }))));
    await keeper.close();
    await rm(folder, { recursive: true });
  }
  return [
    { name: 'commit of 10,000 new hosts', value: round(median(fresh)), unit: 'ms', bar: { max: 3000 } },
    { name: 'commit of 10,000 unchanged hosts', value: round(median(unchanged)), unit: 'ms', bar: { max: 200 } },
    { name: 'longest event-loop stall in a commit of 10,000 new hosts', value: round(median(stalls)), unit: 'ms', bar: { max: 50 } },
  ];
}

const at = (run: number, minute: number): number => Date.UTC(2026, 0, 1 + run) + minute * 60_000;
/** Same hosts, other objects: as a second scan brings them. */
const quiet = (hosts: readonly Observation[]): Observation[] => hosts.map((host) => structuredClone(host));

async function longestStall(work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}
