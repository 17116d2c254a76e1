import type { Change, ChangeDraft, Commit, Instant, JsonObject, ScanId } from '../../core/index.ts';
import { changeCode } from '../codes.ts';
import { noteExpired } from './approvals.ts';
import { finishScan } from './finish-scan.ts';
import { writeImported } from './imports.ts';
import { batches } from './rows.ts';
import type { Trx } from './schema.ts';
import { shorten } from './shorthand.ts';
import { writeSightings, writeSpans } from './write-spans.ts';

/** Law 4: all that a finished scan changes, inside the caller's transaction. */
export async function commitScan(trx: Trx, work: Commit): Promise<readonly Change[]> {
  const { scan, created, changes, raw } = work;
  const moment = { scan: scan.id, at: scan.finishedAt };
  await createDevices(trx, scan.site, created);
  const spans = await writeSpans(trx, work.spans, moment);
  await finishScan(trx, scan, { changes: changes.length, spans });
  await writeSightings(trx, work, scan.finishedAt);
  if (raw) await trx.insertInto('raw').values({ scan: scan.id, body: raw }).execute();
  if (work.imported) await writeImported(trx, scan, work.imported);
  if (work.expired) await noteExpired(trx, work.expired, scan.id);
  if (scan.plan !== 'edit' && scan.plan !== 'import') await noteCommitted(trx, scan.site, scan.finishedAt);
  return writeChanges(trx, changes, moment);
}

async function createDevices(trx: Trx, site: string, created: Commit['created']): Promise<void> {
  for (const batch of batches(created)) {
    const rows = batch.map(({ device, firstSeen }) => ({ id: device, site, first_seen: firstSeen }));
    await trx.insertInto('device').values(rows).execute();
  }
}

async function noteCommitted(trx: Trx, name: string, at: Instant): Promise<void> {
  await trx
    .insertInto('site')
    .values({ name, committed_at: at })
    .onConflict((known) => known.column('name').doUpdateSet({ committed_at: at }))
    .execute();
}

/** Numbers changes without gaps: the lease row, locked in this transaction, keeps every other writer out. */
async function writeChanges(trx: Trx, drafts: readonly ChangeDraft[], { scan, at }: { scan: ScanId; at: Instant }): Promise<Change[]> {
  const { last } = await trx
    .selectFrom('change')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  const changes = drafts.map((draft, index): Change => ({ ...draft, seq: (last ?? 0) + index + 1, at, scan }));
  for (const batch of batches(changes)) {
    const rows = batch.map((change) => ({
      ...change,
      kind: changeCode(change.kind),
      before: textOf(change.before),
      after: textOf(change.after),
    }));
    await trx.insertInto('change').values(rows).execute();
  }
  return changes;
}

const textOf = (side: JsonObject | null): string | null => side && shorten(JSON.stringify(side));
