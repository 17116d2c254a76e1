import type { Lease, SavedView, SavedViewStore } from '../../core/index.ts';
import { unknownSavedView } from '../faults.ts';
import type { State } from './state.ts';

type Leased = <T>(lease: Lease, work: () => T) => Promise<T>;

/** The part of the store that remembers how people look at things. */
export const savedViewStore = (state: State, leased: Leased): SavedViewStore => ({
  savedViews: async (site) => [...state.savedViews.values()].filter((view) => view.site === site),
  putSavedView: (view, lease) => leased(lease, () => putView(state, view)),
  dropSavedView: (site, id, lease) => leased(lease, () => dropView(state, site, id)),
});

function putView({ savedViews, given }: State, draft: Omit<SavedView, 'id'>): SavedView {
  const key = ({ site, owner, page, name }: Omit<SavedView, 'id'>): string => JSON.stringify([site, owner, page, name]);
  const known = [...savedViews.values()].find((view) => key(view) === key(draft));
  const view = { ...draft, id: known?.id ?? ++given.savedView };
  savedViews.set(view.id, view);
  return view;
}

function dropView({ savedViews }: State, site: string, id: number): void {
  if (savedViews.get(id)?.site !== site) throw unknownSavedView(id);
  savedViews.delete(id);
}
