import type { Selectable } from 'kysely';
import {
  type Approval,
  type ApprovalDraft,
  type ApprovalId,
  type ApprovalQuery,
  type ApprovalWork,
  Damaged,
  type ScanId,
} from '../../core/index.ts';
import { isPermit, isSubject } from '../approval-shapes.ts';
import { fromText } from './readable.ts';
import { batches } from './rows.ts';
import type { Schema, Tables, Trx } from './schema.ts';

export async function writeApprovals(trx: Trx, { add, revoke, revoked }: ApprovalWork): Promise<readonly Approval[]> {
  await revokeApprovals(trx, revoke, revoked);
  return insertApprovals(trx, add);
}

async function insertApprovals(trx: Trx, drafts: readonly ApprovalDraft[]): Promise<readonly Approval[]> {
  const made: Approval[] = [];
  for (const batch of batches(drafts)) {
    const rows = batch.map(({ site, subject, permit, at, by, why, until }) => ({
      site,
      subject: JSON.stringify(subject),
      permit: JSON.stringify(permit),
      made_at: at,
      made_by: by,
      why,
      until,
    }));
    const given = await trx.insertInto('approval').values(rows).returning('id').execute();
    // Ids rise in the order of the rows, in whichever order they are told.
    const ids = given.map(({ id }) => id).sort((a, b) => a - b);
    made.push(...batch.map((draft, at) => ({ ...draft, id: ids[at] as number, revoked: null })));
  }
  return made;
}

async function revokeApprovals(trx: Trx, ids: readonly ApprovalId[], { at, by }: NonNullable<Approval['revoked']>): Promise<void> {
  for (const batch of batches(ids)) {
    const over = trx.updateTable('approval').set({ revoked_at: at, revoked_by: by });
    await over.where('id', 'in', batch).where('revoked_at', 'is', null).execute();
  }
}

/** Notes which expiries a commit has told of. */
export async function noteExpired(trx: Trx, ids: readonly ApprovalId[], scan: ScanId): Promise<void> {
  for (const batch of batches(ids)) await trx.updateTable('approval').set({ told_by: scan }).where('id', 'in', batch).execute();
}

export async function readApprovals(db: Tables, { site, madeBy, untold }: ApprovalQuery): Promise<readonly Approval[]> {
  let query = db.selectFrom('approval').selectAll().where('site', '=', site).orderBy('id');
  if (madeBy !== undefined) query = query.where('made_at', '<=', madeBy);
  if (untold !== undefined)
    query = query
      .where('until', '<=', untold)
      .where('until', 'is not', null)
      .where('told_by', 'is', null)
      .where(({ eb, or }) => or([eb('revoked_at', 'is', null), eb('revoked_at', '>', eb.ref('until'))]));
  return (await query.execute()).map(approvalFrom);
}

function approvalFrom({ id, site, subject, permit, ...row }: Selectable<Schema['approval']>): Approval {
  return {
    id,
    site,
    ...statementFrom(id, { subject, permit }),
    at: row.made_at,
    by: row.made_by,
    why: row.why,
    until: row.until,
    revoked: row.revoked_at === null ? null : { at: row.revoked_at, by: row.revoked_by },
  };
}

/** Who is meant and what is allowed. Nobody may take one that says nothing for one that allows nothing, so it is no list without it. */
function statementFrom(id: ApprovalId, { subject, permit }: { subject: string; permit: string }): Pick<Approval, 'subject' | 'permit'> {
  const [whom, what] = [fromText(subject), fromText(permit)];
  if (isSubject(whom) && isPermit(what)) return { subject: whom, permit: what };
  throw new Damaged(`approval ${id}`);
}
