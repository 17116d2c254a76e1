import type { Lease } from './lease.ts';
import type { Instant } from './time.ts';

/** Pages of the dashboard that can be arranged and kept so. */
export const SAVED_PAGES = ['devices', 'changes', 'services', 'scans', 'incidents'] as const;
export type SavedPage = (typeof SAVED_PAGES)[number];

/** How a page looks at what there is: which rows, which columns, in which order. All of it is text that somebody typed. */
export interface SavedView {
  readonly id: number;
  readonly site: string;
  /** Id of the user whose it is; null: of the owner of this machine. */
  readonly owner: number | null;
  /** Whether all users see it. */
  readonly forAll: boolean;
  /** One of its owner's for each page. */
  readonly name: string;
  readonly page: SavedPage;
  /** In the language of filters, as it was typed; empty: everything. */
  readonly filter: string;
  /** In the order they are shown; empty: the usual ones. */
  readonly columns: readonly string[];
  /** null: the usual order. */
  readonly sort: { readonly by: string; readonly descending: boolean } | null;
  readonly savedAt: Instant;
}

/** What people keep of how they look at things. A part of the store. */
export interface SavedViewStore {
  /** In the order they were first saved. Rows that cannot be read are left out. */
  savedViews(site: string): Promise<readonly SavedView[]>;
  /** In place of the one of the same owner, page and name, which keeps its id; else it is given one. */
  putSavedView(view: Omit<SavedView, 'id'>, lease: Lease): Promise<SavedView>;
  /** Fault 'not-found' when there is none. */
  dropSavedView(site: string, id: number, lease: Lease): Promise<void>;
}
