import { Fault, LAST_MOMENT, type Mute } from '../../core/index.ts';
import type { MuteDraft } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';
import { noRule } from './asked-rules.ts';
import { checkSilence, shown } from './check-rule.ts';

/** Keeps something silent, or for maintenance untold until it is over. */
export async function mute(wired: Wired, draft: MuteDraft): Promise<Mute> {
  const { alerts, outside, ledger } = wired;
  const lease = await outside.tenancy.get();
  const now = outside.clock.now();
  const { kind, rule, kinds, where, until, why, by } = draft;
  const from = draft.from ?? now;
  checkSilence({ kinds, where });
  if (rule !== null && alerts.book.rules.every(({ name }) => name !== rule)) throw noRule(`muting rule ${shown(rule)}`);
  refuseSpan({ ...draft, from }, now);
  const made = { site: ledger.roll.site, kind, rule, kinds, where, from, until, why, by, madeAt: now, endedAt: null };
  const kept = await outside.store.addMute(made, lease);
  await alerts.refresh();
  return kept;
}

function refuseSpan({ kind, from, until }: MuteDraft & { readonly from: number }, now: number): void {
  const doing = kind === 'mute' ? 'muting' : 'planning maintenance';
  const remedy = 'write a moment to come, or a length like 2h';
  if (until === null && kind === 'maintenance') throw new Fault('bad-input', `${doing}: nobody says until when`, remedy);
  if (until === null) return;
  if (until > LAST_MOMENT || from > LAST_MOMENT) throw new Fault('bad-input', `${doing}: no clock goes so far`, remedy);
  const text = new Date(until).toISOString();
  if (until <= now) throw new Fault('bad-input', `${doing} until ${text}: that is over`, remedy);
  if (until <= from) throw new Fault('bad-input', `${doing} until ${text}: it ends before it begins`, remedy);
}

/** Ends it now. One that is over stays as it was. */
export async function unmute(wired: Wired, id: number): Promise<Mute> {
  const { alerts, outside, ledger } = wired;
  const lease = await outside.tenancy.get();
  const { store, clock } = outside;
  const now = clock.now();
  const known = (await store.mutes(ledger.roll.site, 'all')).find((one) => one.id === id);
  if (!known) throw new Fault('not-found', `ending mute ${id}: there is none of that number`, 'list them with "rollcall mute list --all"');
  if (known.endedAt !== null || (known.until !== null && known.until <= now))
    throw new Fault('refused', `ending mute ${id}: it is over`, 'list those that hold with "rollcall mute list"');
  await store.endMute(id, now, lease);
  await alerts.refresh();
  return { ...known, endedAt: now };
}
