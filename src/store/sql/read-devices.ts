import type { Device, DeviceId, Instant, Memory } from '../../core/index.ts';
import { factKind } from '../codes.ts';
import { type DatedFact, rebuildDevice } from '../rebuild.ts';
import { batches } from './rows.ts';
import type { Schema, Tables } from './schema.ts';

/** The present state of a site, and where the numbers stand. */
export async function loadSite(db: Tables, site: string): Promise<Memory> {
  const devices = await devicesWhen(db, site, null);
  const { device } = await db
    .selectFrom('device')
    .select(({ fn }) => fn.max('id').as('device'))
    .executeTakeFirstOrThrow();
  const { seq } = await db
    .selectFrom('change')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirstOrThrow();
  const known = await db.selectFrom('site').select('committed_at').where('name', '=', site).executeTakeFirst();
  return { devices, lastDevice: device ?? 0, lastSeq: seq ?? 0, committedAt: known?.committed_at ?? null };
}

/** Devices rebuilt in one go: other work of this process waits no longer than that. */
const DEVICES = 200;

type DeviceEntry = Schema['device'];

/** Devices as their spans tell: those open now (`at` null), or those open at a moment. */
export async function devicesWhen(db: Tables, site: string, at: Instant | null): Promise<Device[]> {
  const entries = await db.selectFrom('device').selectAll().where('site', '=', site).orderBy('id').execute();
  const devices: Device[] = [];
  for (const batch of batches(entries, DEVICES)) {
    const facts = groupByDevice(await factRows(db, batch, at));
    const sightings = groupByDevice(await sightingRows(db, batch));
    for (const { first_seen, ...entry } of batch) {
      const held = facts.get(entry.id);
      if (!held) continue;
      const seen = new Map(sightings.get(entry.id)?.map(({ key, seen_at }) => [key, seen_at]));
      devices.push(rebuildDevice({ ...entry, firstSeen: first_seen }, { facts: held.map(factFrom), sightings: seen, at }));
    }
  }
  return devices;
}

type FactEntry = Pick<Schema['span'], 'kind' | 'key' | 'value' | 'from_at'>;

const factFrom = ({ kind, key, value, from_at }: FactEntry): DatedFact => ({ kind: factKind(kind), key, value, from: from_at });

/** In the order of the primary key, or of the index of open spans: none has to be sorted. */
function factRows(db: Tables, batch: readonly DeviceEntry[], at: Instant | null) {
  const [first, last] = edgesOf(batch);
  const rows = db
    .selectFrom('span')
    .select(['device', 'kind', 'key', 'value', 'from_at'])
    .where('device', '>=', first)
    .where('device', '<=', last)
    .orderBy('device')
    .orderBy('kind')
    .orderBy('key')
    .orderBy('opened_by')
    .orderBy('from_at');
  if (at === null) return rows.where('to_at', 'is', null).execute();
  return rows
    .where('from_at', '<=', at)
    .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', at)]))
    .execute();
}

function sightingRows(db: Tables, batch: readonly DeviceEntry[]): Promise<Schema['sighting'][]> {
  const [first, last] = edgesOf(batch);
  return db.selectFrom('sighting').selectAll().where('device', '>=', first).where('device', '<=', last).execute();
}

const edgesOf = (batch: readonly DeviceEntry[]): [DeviceId, DeviceId] => [batch[0]?.id ?? 0, batch.at(-1)?.id ?? 0];

function groupByDevice<Row extends { readonly device: DeviceId }>(rows: readonly Row[]): ReadonlyMap<DeviceId, Row[]> {
  const groups = new Map<DeviceId, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.device);
    if (group) group.push(row);
    else groups.set(row.device, [row]);
  }
  return groups;
}
