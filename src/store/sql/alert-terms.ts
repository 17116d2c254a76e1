import type { ChannelSetup, Instant, Mute, Rule } from '../../core/index.ts';
import { unknownAlertTerm, unknownMute } from '../faults.ts';
import type { Tables, Trx } from './schema.ts';

type Shelf = 'alert_rule' | 'alert_channel';

interface Place {
  readonly site: string;
  readonly name: string;
}

/** By name, in the order of its letters: a database sorts them by the language of its own. */
async function readTerms(db: Tables, shelf: Shelf, site: string): Promise<readonly unknown[]> {
  const rows = await db.selectFrom(shelf).select(['name', 'body']).where('site', '=', site).execute();
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ body }) => JSON.parse(body) as unknown);
}

async function putTerm(trx: Trx, shelf: Shelf, { site, term }: { site: string; term: Pick<Place, 'name'> }): Promise<void> {
  const row = { site, name: term.name, body: JSON.stringify(term) };
  const write = trx.insertInto(shelf).values(row);
  await write.onConflict((known) => known.columns(['site', 'name']).doUpdateSet({ body: row.body })).execute();
}

async function dropTerm(trx: Trx, shelf: Shelf, { site, name }: Place): Promise<void> {
  const gone = trx.deleteFrom(shelf).where('site', '=', site).where('name', '=', name);
  if ((await gone.executeTakeFirst()).numDeletedRows === 0n) throw unknownAlertTerm(shelf === 'alert_rule' ? 'rule' : 'channel', name);
}

export const readRules = async (db: Tables, site: string) => (await readTerms(db, 'alert_rule', site)) as readonly Rule[];
export const putRule = (trx: Trx, site: string, term: Rule): Promise<void> => putTerm(trx, 'alert_rule', { site, term });
export const dropRule = (trx: Trx, place: Place): Promise<void> => dropTerm(trx, 'alert_rule', place);

export const readChannels = async (db: Tables, site: string) => (await readTerms(db, 'alert_channel', site)) as readonly ChannelSetup[];
export const putChannel = (trx: Trx, site: string, term: ChannelSetup): Promise<void> => putTerm(trx, 'alert_channel', { site, term });
export const dropChannel = (trx: Trx, place: Place): Promise<void> => dropTerm(trx, 'alert_channel', place);

export async function readMutes(db: Tables, site: string, at: Instant | 'all'): Promise<readonly Mute[]> {
  let query = db.selectFrom('mute').selectAll().where('site', '=', site).orderBy('id');
  if (at !== 'all')
    query = query.where(({ eb, and, or }) =>
      and([or([eb('until', 'is', null), eb('until', '>', at)]), or([eb('ended_at', 'is', null), eb('ended_at', '>', at)])]),
    );
  const rows = await query.execute();
  return rows.map(({ id, ended_at, body }) => ({ ...(JSON.parse(body) as Omit<Mute, 'id'>), id, endedAt: ended_at }));
}

export async function addMute(trx: Trx, mute: Omit<Mute, 'id'>): Promise<Mute> {
  const row = { site: mute.site, until: mute.until, ended_at: mute.endedAt, body: JSON.stringify(mute) };
  const { id } = await trx.insertInto('mute').values(row).returning('id').executeTakeFirstOrThrow();
  return { ...mute, id };
}

/** One that was ended before stays as it was. */
export async function endMute(trx: Trx, id: number, at: Instant): Promise<void> {
  const known = await trx.selectFrom('mute').select('id').where('id', '=', id).executeTakeFirst();
  if (!known) throw unknownMute(id);
  await trx.updateTable('mute').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute();
}
