import type { ChannelSetup, Instant, Mute, Rule } from '../../core/index.ts';
import { isChannel, isMute, isRule } from '../alert-shapes.ts';
import { unknownAlertTerm, unknownMute } from '../faults.ts';
import { fromText } from './readable.ts';
import type { Tables, Trx } from './schema.ts';

type Shelf = 'alert_rule' | 'alert_channel';

interface Place {
  readonly site: string;
  readonly name: string;
}

interface Term {
  readonly name: string;
  /** undefined: nobody can read it. */
  readonly term: unknown;
}

/** By name, in the order of its letters: a database sorts them by the language of its own. */
async function readTerms(db: Tables, shelf: Shelf, site: string): Promise<readonly Term[]> {
  const rows = await db.selectFrom(shelf).select(['name', 'body']).where('site', '=', site).execute();
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, body }) => ({ name, term: fromText(body) }));
}

/** Whether it is what it was written as, under its own name. */
const isSound =
  (is: (term: unknown) => term is { readonly name: string }) =>
  ({ name, term }: Term): boolean =>
    is(term) && term.name === name;

async function readSound<T extends { readonly name: string }>(
  terms: Promise<readonly Term[]>,
  is: (term: unknown) => term is T,
): Promise<readonly T[]> {
  return (await terms).filter(isSound(is)).map(({ term }) => term as T);
}

/** Rules, channels and mutes that cannot be read, in words. */
export async function unreadableTerms(db: Tables, site: string): Promise<readonly string[]> {
  const rules = (await readTerms(db, 'alert_rule', site)).filter((term) => !isSound(isRule)(term));
  const channels = (await readTerms(db, 'alert_channel', site)).filter((term) => !isSound(isChannel)(term));
  const mutes = (await muteRows(db, site, 'all')).filter(({ ended_at, mute }) => ended_at === null && !isMute(mute));
  return [
    ...rules.map(({ name }) => `rule ${name}`),
    ...channels.map(({ name }) => `channel ${name}`),
    ...mutes.map(({ id }) => `mute ${id}`),
  ];
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

export const readRules = (db: Tables, site: string): Promise<readonly Rule[]> => readSound(readTerms(db, 'alert_rule', site), isRule);
export const putRule = (trx: Trx, site: string, term: Rule): Promise<void> => putTerm(trx, 'alert_rule', { site, term });
export const dropRule = (trx: Trx, place: Place): Promise<void> => dropTerm(trx, 'alert_rule', place);

export const readChannels = (db: Tables, site: string): Promise<readonly ChannelSetup[]> =>
  readSound(readTerms(db, 'alert_channel', site), isChannel);
export const putChannel = (trx: Trx, site: string, term: ChannelSetup): Promise<void> => putTerm(trx, 'alert_channel', { site, term });
export const dropChannel = (trx: Trx, place: Place): Promise<void> => dropTerm(trx, 'alert_channel', place);

/** One that cannot be read covers nothing: better told once too often. */
export async function readMutes(db: Tables, site: string, at: Instant | 'all'): Promise<readonly Mute[]> {
  return (await muteRows(db, site, at)).flatMap(({ id, ended_at, mute }) => (isMute(mute) ? [{ ...mute, id, endedAt: ended_at }] : []));
}

async function muteRows(db: Tables, site: string, at: Instant | 'all') {
  let query = db.selectFrom('mute').selectAll().where('site', '=', site).orderBy('id');
  if (at !== 'all')
    query = query.where(({ eb, and, or }) =>
      and([or([eb('until', 'is', null), eb('until', '>', at)]), or([eb('ended_at', 'is', null), eb('ended_at', '>', at)])]),
    );
  return (await query.execute()).map(({ body, ...row }) => ({ ...row, mute: fromText(body) }));
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
