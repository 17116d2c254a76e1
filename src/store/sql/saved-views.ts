import type { Lease, SavedView, SavedViewStore } from '../../core/index.ts';
import { unknownSavedView } from '../faults.ts';
import { isSavedView } from '../saved-view-shape.ts';
import { fromText } from './readable.ts';
import type { Tables, Trx } from './schema.ts';

interface Ways {
  readonly reader: Tables;
  /** One transaction, refused when the lease was lost. */
  readonly leased: <T>(lease: Lease, work: (trx: Trx) => Promise<T>) => Promise<T>;
}

/** The part of the store that remembers how people look at things. */
export const savedViewStore = ({ reader, leased }: Ways): SavedViewStore => ({
  savedViews: (site) => readViews(reader, site),
  putSavedView: (view, lease) => leased(lease, (trx) => putView(trx, view)),
  dropSavedView: (site, id, lease) => leased(lease, (trx) => dropView(trx, site, id)),
});

async function readViews(db: Tables, site: string): Promise<readonly SavedView[]> {
  const rows = await db.selectFrom('saved_view').selectAll().where('site', '=', site).orderBy('id').execute();
  return rows.flatMap(({ id, owner, body }) => {
    const view = fromText(body);
    return isSavedView(view) ? [{ ...view, id, site, owner }] : [];
  });
}

/** Names are compared here: no database keeps every text that somebody may type in a column of its own. */
async function putView(trx: Trx, view: Omit<SavedView, 'id'>): Promise<SavedView> {
  const { site, owner, ...body } = view;
  const row = { site, owner, page: view.page, body: JSON.stringify(body) };
  const known = (await readViews(trx, site)).find((one) => one.owner === owner && one.page === view.page && one.name === view.name);
  if (known) {
    await trx.updateTable('saved_view').set({ body: row.body }).where('id', '=', known.id).execute();
    return { ...view, id: known.id };
  }
  const { id } = await trx.insertInto('saved_view').values(row).returning('id').executeTakeFirstOrThrow();
  return { ...view, id };
}

async function dropView(trx: Trx, site: string, id: number): Promise<void> {
  const gone = trx.deleteFrom('saved_view').where('site', '=', site).where('id', '=', id);
  if ((await gone.executeTakeFirst()).numDeletedRows === 0n) throw unknownSavedView(id);
}
