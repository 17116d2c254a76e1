import { Fault, orFault, type SavedView } from '../../core/index.ts';
import { readViewName } from '../../inventory/index.ts';
import type { Asker } from '../asker.ts';
import type { Deeds, SavedViewDraft } from '../deeds-asked.ts';
import type { Watching } from '../watching.ts';

/** Views that one user may keep, and all of them together. */
const MOST_OF_ONE = 100;
const MOST = 1000;

type SavedViews = Pick<Deeds, 'savedViews' | 'saveView' | 'removeView'>;

/** How people keep what they look at. Writes go one after another, so that two saved at once are not one too many. */
export function savedViewsOf({ outside, ledger }: Watching): SavedViews {
  const { store, tenancy, clock } = outside;
  const { site } = ledger.roll;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  };
  return {
    savedViews: async (asker) => (await store.savedViews(site)).filter((view) => isSeenBy(view, asker)).sort(byPageAndName),
    saveView: (draft, asker) =>
      inTurn(async () => {
        const view = { ...draft, name: orFault(readViewName(draft.name)), site, owner: asker.user, savedAt: clock.now() };
        refuseUnread(view);
        refuseSharing(view, asker);
        refuseCrowd(await store.savedViews(site), view);
        return store.putSavedView(view, await tenancy.get());
      }),
    removeView: (id, asker) =>
      inTurn(async () => {
        const view = (await store.savedViews(site)).find((one) => one.id === id);
        if (!view || !isSeenBy(view, asker))
          throw new Fault('not-found', `removing saved view ${id}: there is none by that number`, 'list those you can see first');
        if (view.owner !== asker.user && !asker.scopes.includes('admin'))
          throw new Fault('refused', `removing saved view ${id}: it is somebody else's`, 'ask an admin, or whoever saved it');
        await store.dropSavedView(site, id, await tenancy.get());
        return view;
      }),
  };
}

/** What others keep for themselves is not even there. */
const isSeenBy = ({ forAll, owner }: SavedView, { user }: Asker): boolean => forAll || owner === user;

function byPageAndName(a: SavedView, b: SavedView): number {
  const [left, right] = [`${a.page}\u0000${a.name}`, `${b.page}\u0000${b.name}`];
  return left < right ? -1 : left > right ? 1 : a.id - b.id;
}

/** Filters and columns are shown to others, and must be what they look like. */
function refuseUnread({ name, filter, columns, sort }: SavedViewDraft): void {
  const hidden = [filter, ...columns, sort?.by ?? ''].some((text) => /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(text));
  if (hidden)
    throw new Fault('bad-input', `saving view ${JSON.stringify(name)}: a text in it holds characters that cannot be seen`, 'type it anew');
}

function refuseSharing({ name, forAll }: SavedViewDraft, { scopes }: Asker): void {
  if (forAll && !scopes.includes('edit'))
    throw new Fault('refused', `sharing view ${JSON.stringify(name)}: you may only look`, 'save it for yourself, without sharing it');
}

function refuseCrowd(known: readonly SavedView[], view: Omit<SavedView, 'id'>): void {
  const own = known.filter(({ owner }) => owner === view.owner);
  if (own.some(({ page, name }) => page === view.page && name === view.name)) return;
  const full = own.length >= MOST_OF_ONE ? MOST_OF_ONE : known.length >= MOST ? MOST : null;
  if (full !== null)
    throw new Fault(
      'refused',
      `saving view ${JSON.stringify(view.name)}: there are ${full} already, and more are not kept`,
      'remove one first',
    );
}
