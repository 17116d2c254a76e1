import type { DeviceId, FactKind, Span } from '../../core/index.ts';
import { factCode, factKind } from '../codes.ts';
import type { Schema, Tables } from './schema.ts';

/** Everything ever believed of one device, oldest first. */
export async function readSpans(db: Tables, device: DeviceId): Promise<readonly Span[]> {
  const rows = await db.selectFrom('span').selectAll().where('device', '=', device).orderBy('from_at').orderBy('opened_by').execute();
  return rows.map(spanFrom);
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
