import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { savedViewJson } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import type { Asker, SavedViewDraft } from '../../src/watch/index.ts';
import { stand, watching } from '../watch/stand.ts';
import { openHouse } from './open-house.ts';

const OWNER: Asker = { user: null, scopes: ['read', 'edit', 'admin'] };
const ANNA: Asker = { user: 1, scopes: ['read', 'edit'] };
const VIEWER: Asker = { user: 2, scopes: ['read'] };

const draft = (more: Partial<SavedViewDraft> = {}): SavedViewDraft => ({
  name: 'phones',
  page: 'devices',
  filter: 'type:phone',
  columns: [],
  sort: null,
  forAll: false,
  ...more,
});
const code = (wanted: string) => (thrown: unknown) => thrown instanceof Fault && thrown.code === wanted && thrown.remedy !== undefined;

suite('saved views', () => {
  test('a view is saved, listed by page, saved again in its place and removed, alike over REST and RPC', async () => {
    await using house = await openHouse();
    const body = { name: ' phones ', page: 'devices', filter: ' type:phone ', columns: ['name'], sort: { by: 'name' }, forAll: true };
    const saved = await house.ask('POST', '/views', body);
    assert.equal(saved.status, 200, saved.text);
    const view = savedViewJson.strict().parse(saved.json);
    assert.deepEqual(
      [view.name, view.filter, view.columns, view.sort, view.forAll, view.mine],
      ['phones', 'type:phone', ['name'], { by: 'name', descending: false }, true, true],
    );
    const again = await house.client.views.save({ name: 'phones', page: 'devices', filter: 'away' });
    assert.deepEqual([again.id, again.filter, again.columns], [view.id, 'away', []]);
    await house.client.views.save({ name: 'a', page: 'changes' });
    assert.deepEqual((await house.ask('GET', '/views')).json, await house.client.views.list());
    assert.deepEqual(
      (await house.client.views.list()).map(({ name }) => name),
      ['a', 'phones'],
    );
    assert.deepEqual((await house.ask('GET', '/views?page=devices')).json, [again]);
    assert.deepEqual((await house.ask('DELETE', `/views/${view.id}`)).json, again);
    assert.equal((await house.ask('DELETE', `/views/${view.id}`)).status, 404);
    assert.deepEqual(house.failures, []);
  });

  test('S5: a hostile name is kept as what it is, text; what cannot be seen is refused, and nothing is kept of it', async () => {
    await using house = await openHouse();
    const hostile = `<img src=x onerror=alert(1)>'"; drop table x --`;
    const { json } = await house.ask('POST', '/views', { name: hostile, page: 'devices', filter: hostile });
    assert.deepEqual([json.name, json.filter], [hostile, hostile]);
    const bad: [object, RegExp][] = [
      [{ name: 'a\u202eb' }, /cannot be seen/],
      [{ name: ' \u200b ' }, /cannot be seen|nothing of it/],
      [{ name: 'x'.repeat(65) }, /65 characters/],
      [{ name: 'x'.repeat(300) }, /reading name/],
      [{ name: 'x', filter: 'a\u0000b' }, /cannot be seen/],
      [{ name: 'x', filter: 'x'.repeat(1001) }, /reading filter/],
      [{ name: 'x', columns: Array.from({ length: 65 }, (_, i) => `c${i}`) }, /reading columns/],
      [{ name: 'x', columns: ['\u202ename'] }, /cannot be seen/],
      [{ name: 'x', sort: { by: '', descending: true } }, /reading sort.by/],
      [{ name: 'x', page: 'passwords' }, /reading page "passwords"/],
      [{ name: 'x', owner: 1 }, /unrecognized key/],
    ];
    for (const [body, message] of bad) {
      const reply = await house.ask('POST', '/views', { page: 'devices', ...body });
      assert.equal(reply.status, 400, reply.text);
      assert.match(reply.json.message, message);
    }
    assert.equal((await house.client.views.list()).length, 1);
    assert.deepEqual(house.failures, []);
  });

  test('what one user keeps for itself nobody else sees, removes or guesses; what is shared only its owner or an admin removes', async () => {
    const { keeper, end } = await stand({ config: watching() });
    const own = await keeper.saveView(draft(), ANNA);
    const shared = await keeper.saveView(draft({ name: 'all', forAll: true }), ANNA);
    const others = await keeper.saveView(draft(), VIEWER);
    assert.notEqual(own.id, others.id, 'the same name of two users is two views');
    const seen = async (asker: Asker) => (await keeper.savedViews(asker)).map(({ id }) => id);
    assert.deepEqual(await seen(ANNA), [shared.id, own.id]);
    assert.deepEqual(await seen(VIEWER), [shared.id, others.id]);
    assert.deepEqual(await seen(OWNER), [shared.id]);
    await assert.rejects(keeper.removeView(own.id, VIEWER), code('not-found'));
    await assert.rejects(keeper.removeView(own.id, OWNER), code('not-found'), 'not even to an admin');
    await assert.rejects(keeper.removeView(shared.id, VIEWER), code('refused'));
    await assert.rejects(keeper.saveView(draft({ forAll: true }), VIEWER), code('refused'));
    assert.deepEqual(await seen(VIEWER), [shared.id, others.id]);
    await keeper.removeView(shared.id, OWNER);
    assert.deepEqual(await seen(VIEWER), [others.id]);
    await end();
  });

  test('one user keeps a hundred at most, also when they are saved at once, and may still change those', async () => {
    const { keeper, end } = await stand({ config: watching() });
    const all = await Promise.allSettled(Array.from({ length: 103 }, (_, i) => keeper.saveView(draft({ name: `v${i}` }), ANNA)));
    assert.equal(all.filter(({ status }) => status === 'rejected').length, 3);
    await assert.rejects(keeper.saveView(draft({ name: 'more' }), ANNA), code('refused'));
    assert.equal((await keeper.saveView(draft({ name: 'v7', filter: 'here' }), ANNA)).filter, 'here');
    await keeper.saveView(draft({ name: 'mine' }), VIEWER);
    await end();
  });
});
