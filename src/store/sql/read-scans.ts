import type { Run, Scan, ScanId, ScanQuery } from '../../core/index.ts';
import type { Tables } from './schema.ts';
import { readTerms, type Terms } from './terms.ts';

/** Scans still kept one by one, newest first. */
export async function readScans(db: Tables, { target, plan, before, limit }: ScanQuery): Promise<readonly Scan[]> {
  let query = scanRows(db).orderBy('scan.id', 'desc').limit(limit);
  if (target !== undefined) query = query.where('topic.target', '=', target);
  if (plan !== undefined) query = query.where('topic.plan', '=', plan);
  if (before !== undefined) query = query.where('scan.id', '<', before);
  return withTerms(db, await query.execute());
}

export async function readScan(db: Tables, id: ScanId): Promise<Scan | undefined> {
  const [scan] = await withTerms(db, await scanRows(db).where('scan.id', '=', id).execute());
  return scan;
}

export async function readRun(db: Tables, id: ScanId): Promise<Run | undefined> {
  const joined = db.selectFrom('scan').innerJoin('run', 'run.id', 'scan.run').where('scan.id', '=', id);
  const run = await joined.select(['run.id', 'run.first_at', 'run.last_at', 'run.count']).executeTakeFirst();
  return run && { id: run.id, firstAt: run.first_at, lastAt: run.last_at, count: run.count };
}

export async function readRaw(db: Tables, id: ScanId): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('raw').select('body').where('scan', '=', id).executeTakeFirst();
  return row && new Uint8Array(row.body);
}

function scanRows(db: Tables) {
  return db
    .selectFrom('scan')
    .innerJoin('topic', 'topic.id', 'scan.topic')
    .leftJoin('run', 'run.id', 'scan.run')
    .select(['scan.id', 'scan.run', 'scan.started_at', 'scan.took', 'scan.asked', 'scan.up', 'scan.changes'])
    .select(['topic.site', 'topic.target', 'topic.subject', 'topic.plan'])
    .select(({ fn }) => fn.coalesce('run.terms', 'scan.terms').as('terms'));
}

type ScanRow = Awaited<ReturnType<ReturnType<typeof scanRows>['execute']>>[number];

async function withTerms(db: Tables, rows: readonly ScanRow[]): Promise<Scan[]> {
  const terms = await readTerms(
    db,
    rows.map((row) => row.terms as number),
  );
  return rows.map((row) => scanFrom(row, terms.get(row.terms as number) as Terms));
}

function scanFrom({ started_at, took, terms: _, ...row }: ScanRow, terms: Terms): Scan {
  return {
    ...row,
    ...terms,
    plan: row.plan as Scan['plan'],
    startedAt: started_at,
    finishedAt: took === null ? null : started_at + took,
    outcome: terms.outcome,
  };
}
