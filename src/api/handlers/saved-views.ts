import type { SavedViewJson } from '../../contract/index.ts';
import type { SavedView } from '../../core/index.ts';
import type { Asker } from '../../watch/index.ts';
import { askerOf } from '../asker.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

export const savedViewHandlers = () => ({
  list: operations.views.list.handler(async ({ context, input: { page } }) => {
    const asker = askerOf(context);
    const seen = await context.keeper.savedViews(asker);
    return seen.filter((view) => page === undefined || view.page === page).map((view) => viewToJson(view, asker));
  }),
  save: operations.views.save.handler(async ({ context, input: { filter, ...draft } }) => {
    const asker = askerOf(context);
    return viewToJson(await context.keeper.saveView({ ...draft, filter: filter.trim() }, asker), asker);
  }),
  remove: operations.views.remove.handler(async ({ context, input: { id } }) => {
    const asker = askerOf(context);
    return viewToJson(await context.keeper.removeView(id, asker), asker);
  }),
});

function viewToJson({ id, name, page, filter, columns, sort, forAll, owner, savedAt }: SavedView, asker: Asker): SavedViewJson {
  return {
    id,
    name,
    page,
    filter,
    columns: [...columns],
    sort: sort && { ...sort },
    forAll,
    mine: owner === asker.user,
    savedAt: instantToJson(savedAt),
  };
}
