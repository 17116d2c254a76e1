import type { Instant, RunId, Scan, ScanId } from '../../core/index.ts';
import { finishedScan, unfinishedScan, unknownScan } from '../faults.ts';
import type { Trx } from './schema.ts';
import { termsId, topicId } from './terms.ts';

export async function insertRunning(trx: Trx, scan: Omit<Scan, 'id' | 'run' | 'changes'>): Promise<ScanId> {
  const row = {
    topic: await topicId(trx, scan),
    terms: await termsId(trx, { ...scan, outcome: 'running' }),
    run: null,
    started_at: scan.startedAt,
    took: null,
    asked: scan.asked,
    up: scan.up,
    changes: 0,
    spans: 0,
  };
  return (await trx.insertInto('scan').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

export type FinishedScan = Omit<Scan, 'run' | 'changes'> & { readonly finishedAt: Instant };

/** Ends a running scan: it joins the run of its predecessor when both ended alike, else it opens one. */
export async function finishScan(trx: Trx, scan: FinishedScan, made: { changes: number; spans: number }): Promise<void> {
  if (scan.outcome === 'running') throw unfinishedScan(scan.id);
  const running = await trx.selectFrom('scan').select(['topic', 'run']).where('id', '=', scan.id).executeTakeFirst();
  if (!running) throw unknownScan(scan.id);
  if (running.run !== null) throw finishedScan(scan.id);
  const run = await joinRun(trx, { topic: running.topic, terms: await termsId(trx, scan), scan });
  const { startedAt, finishedAt, asked, up } = scan;
  await trx
    .updateTable('scan')
    .set({ run, terms: null, started_at: startedAt, took: finishedAt - startedAt, asked, up, ...made })
    .where('id', '=', scan.id)
    .execute();
}

async function joinRun(trx: Trx, { topic, terms, scan }: { topic: number; terms: number; scan: FinishedScan }): Promise<RunId> {
  const last = await trx
    .selectFrom('run')
    .select(['id', 'terms'])
    .where('topic', '=', topic)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.terms === terms) {
    await trx
      .updateTable('run')
      .set(({ eb }) => ({ last_at: scan.finishedAt, count: eb('count', '+', 1) }))
      .where('id', '=', last.id)
      .execute();
    return last.id;
  }
  const { startedAt, finishedAt } = scan;
  const row = { topic, terms, first_at: startedAt, first_end: finishedAt, last_at: finishedAt, count: 1 };
  const fresh = trx.insertInto('run').values(row);
  return (await fresh.returning('id').executeTakeFirstOrThrow()).id;
}
