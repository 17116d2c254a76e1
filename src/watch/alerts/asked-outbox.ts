import { Fault, type Incident, type IncidentId, type Notification } from '../../core/index.ts';
import { acknowledge, resend } from '../../rules/index.ts';
import type { Wired } from '../wire.ts';

/** Most that are looked up or told at once. */
const MOST = 10_000;

/** Says that somebody looks after these. Fault not-found for a number no incident has; then nothing is done. */
export async function acknowledgeIn(wired: Wired, asked: readonly IncidentId[] | 'open', by: string | null): Promise<readonly Incident[]> {
  const { alerts, outside, ledger } = wired;
  const { site } = ledger.roll;
  await outside.tenancy.get();
  const known = await outside.store.incidents({ site, limit: MOST, ...(asked === 'open' ? { open: true } : { ids: asked }) });
  const ids = asked === 'open' ? known.map(({ id }) => id) : [...new Set(asked)];
  refuseLost(`acknowledging incident`, ids, known);
  if (ids.length === 0) return [];
  await alerts.clerk.step((desk, now) => acknowledge(desk, { ids: asked === 'open' ? 'open' : ids, by, now }));
  return outside.store.incidents({ site, ids, limit: MOST });
}

/** Sends dead ones anew. */
export async function resendIn(wired: Wired, asked: readonly number[]): Promise<readonly Notification[]> {
  const { alerts, outside, ledger } = wired;
  const { site } = ledger.roll;
  await outside.tenancy.get();
  const ids = [...new Set(asked)];
  const known = await outside.store.notifications({ site, ids, limit: MOST });
  refuseLost('sending notification', ids, known);
  const other = known.find(({ state }) => state !== 'dead');
  if (other)
    throw new Fault(
      'refused',
      `sending notification ${other.id} anew: it is ${other.state}`,
      'list dead ones with "rollcall outbox --dead"',
    );
  const notifications = known.toSorted((a, b) => a.id - b.id);
  if (ids.length > 0) await alerts.clerk.step((desk, now) => resend(desk, { notifications, terms: alerts.book.terms, now }));
  return outside.store.notifications({ site, ids, limit: MOST });
}

function refuseLost(doing: string, ids: readonly number[], known: readonly { readonly id: number }[]): void {
  const there = new Set(known.map(({ id }) => id));
  const lost = ids.find((id) => !there.has(id));
  if (lost === undefined) return;
  const list = doing.endsWith('incident') ? 'rollcall incidents' : 'rollcall outbox';
  throw new Fault('not-found', `${doing} ${lost}: there is none of that number`, `list them with "${list}"`);
}
