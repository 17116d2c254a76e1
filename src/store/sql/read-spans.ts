import type { DeviceId, FactKind, Instant, Span } from '../../core/index.ts';
import { factCode, factKind } from '../codes.ts';
import { batches } from './rows.ts';
import type { Schema, Tables } from './schema.ts';

/** Everything ever believed of one device, oldest first. */
export async function readSpans(db: Tables, device: DeviceId): Promise<readonly Span[]> {
  const rows = await db.selectFrom('span').selectAll().where('device', '=', device).orderBy('from_at').orderBy('opened_by').execute();
  return rows.map(spanFrom);
}

const OF_PRESENCE = (['presence', 'merged'] as const).map(factCode);

/** When these devices were here, as far as it reaches beyond a moment. */
export async function readPresence(db: Tables, devices: readonly DeviceId[], since: Instant): Promise<readonly Span[]> {
  const found: Span[] = [];
  for (const batch of batches(devices)) {
    const spans = db.selectFrom('span').selectAll().where('device', 'in', batch).where('kind', 'in', OF_PRESENCE);
    const reaching = spans.where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', since)]));
    found.push(...(await reaching.orderBy('device').orderBy('from_at').orderBy('opened_by').execute()).map(spanFrom));
  }
  return found;
}

/** What holds of one kind, of all devices of a site: one seek in the index of open spans for each device. */
export async function readOpenSpans(db: Tables, site: string, kind: FactKind): Promise<readonly Span[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('span', 'span.device', 'device.id')
    .selectAll('span')
    .where('device.site', '=', site)
    .where('span.kind', '=', factCode(kind))
    .where('span.to_at', 'is', null)
    .orderBy('device.id')
    .orderBy('span.key')
    .execute();
  return rows.map(spanFrom);
}

function spanFrom({ device, kind, key, value, from_at, to_at, opened_by, closed_by }: Schema['span']): Span {
  return { device, kind: factKind(kind), key, value, from: from_at, to: to_at, openedBy: opened_by, closedBy: closed_by };
}
