import type { Selectable } from 'kysely';
import type { Commit, HistoryFormat, Imported, ImportRecord, Untrusted } from '../../core/index.ts';
import { finishScan, insertRunning } from './finish-scan.ts';
import { batches } from './rows.ts';
import type { Schema, Tables, Trx } from './schema.ts';

/** What came with an import beside spans, inside the transaction of its commit. */
export async function writeImported(trx: Trx, scan: Commit['scan'], { looks, aged, files }: Imported): Promise<void> {
  for (const look of looks) {
    const id = await insertRunning(trx, { ...look, outcome: 'running' });
    await finishScan(trx, { ...look, id }, { changes: 0, spans: 0 });
  }
  for (const { device, firstSeen } of aged)
    await trx.updateTable('device').set({ first_seen: firstSeen }).where('id', '=', device).execute();
  for (const batch of batches(files)) {
    const rows = batch.map(({ firstAt, lastAt, ...file }) => ({
      ...file,
      site: scan.site,
      scan: scan.id,
      at: scan.finishedAt,
      first_at: firstAt,
      last_at: lastAt,
    }));
    await trx.insertInto('import').values(rows).execute();
  }
}

export async function readImports(db: Tables, site: string): Promise<readonly ImportRecord[]> {
  const rows = await db.selectFrom('import').selectAll().where('site', '=', site).orderBy('id').execute();
  return rows.map(recordFrom);
}

function recordFrom({ first_at, last_at, format, name, ...row }: Selectable<Schema['import']>): ImportRecord {
  return { ...row, format: format as HistoryFormat, name: name as Untrusted, firstAt: first_at, lastAt: last_at };
}
