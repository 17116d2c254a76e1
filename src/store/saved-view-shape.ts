import { SAVED_PAGES, type SavedView } from '../core/index.ts';
import { isFlag, isListOf, isNumber, isOf, isText, orNull } from './shapes.ts';

const BODY = isOf({
  forAll: isFlag,
  name: isText,
  page: (value) => SAVED_PAGES.some((page) => page === value),
  filter: isText,
  columns: isListOf(isText),
  sort: orNull(isOf({ by: isText, descending: isFlag })),
  savedAt: isNumber,
});

/** Whether it is what a saved view was written as. */
export const isSavedView = (value: unknown): value is Omit<SavedView, 'id' | 'site' | 'owner'> => BODY(value);
