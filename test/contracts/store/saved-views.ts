import assert from 'node:assert/strict';
import { Fault, type SavedView } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { SITE, START } from './scene.ts';

const HOSTILE = `'"; drop table saved_view; -- \u0000\u202e<img src=x>${'ü'.repeat(300)}`;

const view = (more: Partial<SavedView> = {}): Omit<SavedView, 'id'> => ({
  site: SITE,
  owner: null,
  forAll: true,
  name: 'new phones',
  page: 'devices',
  filter: 'type:phone',
  columns: ['name', 'presence'],
  sort: { by: 'name', descending: false },
  savedAt: START,
  ...more,
});

export function savedViewStories(tell: Tell): void {
  tell('saved views are kept whole whatever they are called, each site its own', async ({ store, lease }, { reopen }) => {
    assert.deepEqual(await store.savedViews(SITE), []);
    const plain = await store.putSavedView(view(), lease);
    const hostile = await store.putSavedView(view({ name: HOSTILE, filter: HOSTILE, columns: [HOSTILE, ''], sort: null, owner: 7 }), lease);
    await store.putSavedView(view({ site: 'cabin' }), lease);
    assert.deepEqual(plain, { ...view(), id: plain.id });
    assert.deepEqual(await store.savedViews(SITE), [plain, hostile]);
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.savedViews(SITE), [plain, hostile]);
  });

  tell('a view saved again takes the place of its own one only: of the same owner, page and name', async ({ store, lease }) => {
    const first = await store.putSavedView(view({ owner: 7 }), lease);
    const others = [
      await store.putSavedView(view({ owner: 8 }), lease),
      await store.putSavedView(view({ owner: null }), lease),
      await store.putSavedView(view({ owner: 7, page: 'changes' }), lease),
      await store.putSavedView(view({ owner: 7, name: 'New phones' }), lease),
    ];
    const again = await store.putSavedView(view({ owner: 7, filter: 'away', forAll: false, savedAt: START + 1 }), lease);
    assert.equal(again.id, first.id);
    assert.deepEqual(await store.savedViews(SITE), [again, ...others]);
  });

  tell('a view is removed once, by its own site, and its number is not given again', async ({ store, lease }) => {
    const gone = (thrown: unknown): boolean => thrown instanceof Fault && thrown.code === 'not-found';
    const { id } = await store.putSavedView(view(), lease);
    await assert.rejects(store.dropSavedView('cabin', id, lease), gone);
    await store.dropSavedView(SITE, id, lease);
    await assert.rejects(store.dropSavedView(SITE, id, lease), gone);
    assert.deepEqual(await store.savedViews(SITE), []);
    assert.ok((await store.putSavedView(view(), lease)).id > id);
  });

  tell('R30: nobody saves or removes views without the lease', async ({ store, lease }) => {
    const lost = { fence: lease.fence - 1 };
    const kept = await store.putSavedView(view(), lease);
    const refused = (thrown: unknown): boolean => thrown instanceof Fault && thrown.code === 'conflict';
    await assert.rejects(store.putSavedView(view({ filter: 'x' }), lost), refused);
    await assert.rejects(store.dropSavedView(SITE, kept.id, lost), refused);
    assert.deepEqual(await store.savedViews(SITE), [kept]);
  });
}
