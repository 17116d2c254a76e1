import { isSortKey, type Sort } from './sort.ts';

/** How the page is looked at; all of it stands in its address. */
export interface Look {
  readonly filter: string;
  readonly sort: Sort;
}

export const USUAL_SORT: Sort = { by: 'name', descending: false };

export function lookFrom(params: URLSearchParams): Look {
  const sort = params.get('sort') ?? '';
  const [by, descending] = sort.startsWith('-') ? [sort.slice(1), true] : [sort, false];
  return { filter: params.get('filter') ?? '', sort: isSortKey(by) ? { by, descending } : USUAL_SORT };
}

/** The address of a look: what is usual is left out, what else stands in it stays. */
export function paramsOf({ filter, sort }: Look, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(others);
  const set = (name: string, value: string): void => (value === '' ? params.delete(name) : params.set(name, value));
  const usual = sort.by === USUAL_SORT.by && sort.descending === USUAL_SORT.descending;
  set('filter', filter);
  set('sort', usual ? '' : `${sort.descending ? '-' : ''}${sort.by}`);
  return params;
}

/** A click on the head of a column: up first, then down. */
export const sortBy = (sort: Sort, by: Sort['by']): Sort => ({ by, descending: sort.by === by && !sort.descending });
