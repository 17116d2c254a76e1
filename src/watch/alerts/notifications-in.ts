import type { Incident, Notification, NotificationQuery } from '../../core/index.ts';
import type { Wired } from '../wire.ts';

type Asked = Omit<NotificationQuery, 'site'>;

/** Notifications, newest first. Of an incident: also those that tell of it together with others. */
export async function notificationsIn(
  { outside, ledger }: Pick<Wired, 'outside' | 'ledger'>,
  asked: Asked,
): Promise<readonly Notification[]> {
  const { store } = outside;
  const { site } = ledger.roll;
  const { incident, ...query } = asked;
  const alone = await store.notifications({ ...asked, site });
  if (incident === undefined) return alone;
  const [known] = await store.incidents({ site, ids: [incident], limit: 1 });
  const others = await store.notifications({ ...query, site, ids: idsIn(known, asked) });
  return [...alone, ...others].sort((a, b) => b.id - a.id).slice(0, asked.limit);
}

const idsIn = (known: Incident | undefined, { ids }: Asked): readonly number[] =>
  (known?.together ?? []).filter((id) => ids === undefined || ids.includes(id));
