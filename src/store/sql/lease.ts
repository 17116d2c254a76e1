import type { Instant, Lease, LeaseAnswer, LeaseHolder, Store } from '../../core/index.ts';
import { lostLease } from '../faults.ts';
import type { Tables, Trx } from './schema.ts';

/**
 * Proof of the right to write. It is an update, so that PostgreSQL locks the row: writers come one after another,
 * and a lease cannot be taken over while its holder is in the middle of a transaction.
 */
export async function checkFence(trx: Trx, { fence }: Lease): Promise<void> {
  const held = trx.updateTable('lease').set({ fence }).where('fence', '=', fence).where('holder_id', 'is not', null);
  if ((await held.executeTakeFirst()).numUpdatedRows !== 1n) throw lostLease(fence);
}

type Claim = Parameters<Store['acquireLease']>;

/** Grants the lease when it is free, over, ours, or its holder is known to be dead. */
export async function claimLease(trx: Trx, [holder, now, ttl, takeOver]: Claim): Promise<LeaseAnswer> {
  await trx.updateTable('lease').set({ id: 1 }).execute(); // locks it before it is read
  const { fence, holder_id, holder: held, until } = await trx.selectFrom('lease').selectAll().executeTakeFirstOrThrow();
  const ours = holder_id === holder.id;
  if (held !== null && !ours && holder_id !== takeOver && until > now) {
    return { granted: false, holder: JSON.parse(held) as LeaseHolder, until };
  }
  const lease = { fence: ours ? fence : fence + 1 };
  await trx
    .updateTable('lease')
    .set({ ...lease, holder_id: holder.id, holder: JSON.stringify(holder), until: now + ttl })
    .execute();
  return { granted: true, lease };
}

/** Moves the end of the lease; false when somebody else has it. */
export async function extendLease(db: Tables, holder: LeaseHolder, until: Instant): Promise<boolean> {
  const mine = db.updateTable('lease').set({ until }).where('holder_id', '=', holder.id);
  return (await mine.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Gives it back; the fence stays, so that nothing written under it passes any more. */
export async function dropLease(db: Tables, holder: LeaseHolder): Promise<void> {
  await db.updateTable('lease').set({ holder_id: null, holder: null, until: 0 }).where('holder_id', '=', holder.id).execute();
}
