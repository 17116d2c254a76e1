import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../src/store/index.ts';
import { type BenchKeeper, openKeeper } from './keeper.ts';
import { hostAt, reportOf } from './world.ts';

const DEVICES = 10_000;
/** Comings and goings of each: two changes and two spans. */
const TURNS = 50;
export const BEGAN = Date.UTC(2026, 0, 1);
/** 300 days later. */
export const ENDED = BEGAN + 300 * 86_400_000;

/** A keeper that knows 10,000 devices and remembers 1,000,000 changes of 300 days. */
export async function withHistory<T>(work: (keeper: BenchKeeper) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const path = join(folder, 'rollcall.db');
  const hosts = Array.from({ length: DEVICES }, (_, i) => hostAt(i, 1 + (i % 5)));
  try {
    const young = await openKeeper(await openStore({ kind: 'sqlite', path }));
    await young.commit(reportOf(hosts, BEGAN, { ports: true }));
    await young.close();
    remember(path);
    const keeper = await openKeeper(await openStore({ kind: 'sqlite', path }));
    await keeper.commit(reportOf(hosts, ENDED, { ports: true }));
    try {
      return await work(keeper);
    } finally {
      await keeper.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Turn = readonly [at: number, device: number, gone: 0 | 1];

/** Written past the ledger, as a year of commits would take an hour: each device comes and goes at moments of its own. */
function remember(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('pragma synchronous = off; begin');
  const ids = (database.prepare('select id from device order by id').all() as { id: number }[]).map(({ id }) => id);
  const turns = ids.flatMap(turnsOf).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  insertChanges(database, turns);
  insertSpans(database, turns);
  database.exec('commit');
  database.close();
}

function turnsOf(id: number): Turn[] {
  const step = (ENDED - BEGAN) / (TURNS + 1);
  const moved = ((id * 7919) % 1000) * (step / 4000);
  return Array.from({ length: TURNS }, (_, turn) => Math.floor(BEGAN + step * (turn + 0.5) + moved)).flatMap((at): Turn[] => [
    [at, id, 1],
    [at + Math.floor(step / 5), id, 0],
  ]);
}

function insertChanges(database: DatabaseSync, turns: readonly Turn[]): void {
  const change = database.prepare('insert into change (seq, at, kind, device, before, after, scan) values (?, ?, ?, ?, null, ?, 1)');
  const [{ seq }] = database.prepare('select max(seq) as seq from change').all() as [{ seq: number }];
  for (const [i, [at, id, gone]] of turns.entries()) change.run(seq + 1 + i, at, gone ? 1 : 2, id, `{"lastSeen":${at - 60_000}}`);
}

function insertSpans(database: DatabaseSync, turns: readonly Turn[]): void {
  database.prepare('update span set from_at = ? where kind = 0 and to_at is null').run(ENDED);
  const span = database.prepare(
    "insert into span (device, kind, key, value, from_at, to_at, opened_by, closed_by) values (?, 0, '', ?, ?, ?, 1, 1)",
  );
  const since = new Map<number, number>();
  for (const [at, id, gone] of turns) {
    span.run(id, gone ? 'present' : `away@${at - 60_000}`, since.get(id) ?? BEGAN, at);
    since.set(id, at);
  }
  const open = database.prepare('update span set from_at = ? where device = ? and kind = 0 and to_at is null');
  for (const [id, at] of since) open.run(at, id);
}
