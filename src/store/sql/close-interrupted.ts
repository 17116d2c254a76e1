import type { Instant } from '../../core/index.ts';
import { INTERRUPTED } from '../interrupted.ts';
import { finishScan } from './finish-scan.ts';
import { readScan } from './read-scans.ts';
import type { Trx } from './schema.ts';

/** Ends scans left running by a dead process; returns how many there were. */
export async function closeInterrupted(trx: Trx, now: Instant): Promise<number> {
  const running = await trx.selectFrom('scan').select('id').where('run', 'is', null).orderBy('id').execute();
  for (const { id } of running) {
    const scan = await readScan(trx, id);
    if (scan) await finishScan(trx, { ...scan, ...INTERRUPTED, finishedAt: now }, { changes: 0, spans: 0 });
  }
  return running.length;
}
