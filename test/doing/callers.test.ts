import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../src/api/index.ts';
import type { RollcallClient } from '../../src/contract/index.ts';
import { OWNER, SCOPES_OF } from '../../src/core/index.ts';
import { fakeAccess } from '../http/fake-access.ts';
import { type Populated, populated } from './populated.ts';

/** What a user of a role is to the handlers, once the door has let the call in. */
function as(house: Populated, user: number, role: keyof typeof SCOPES_OF): RollcallClient {
  const caller = {
    ...OWNER,
    name: `user ${user}`,
    user,
    scopes: SCOPES_OF[role],
    proof: 'sign-in',
    from: '127.0.0.1',
    signIn: user,
  } as const;
  const context = { keeper: house.stand.keeper, access: fakeAccess(), local: false, caller };
  return createRouterClient(createRouter(), { context });
}

suite('who asks', () => {
  test('decides whose a saved view is: what one keeps for itself is not there for others', async () => {
    await using house = await populated();
    const [anna, bo, owner] = [as(house, 1, 'operator'), as(house, 2, 'viewer'), house.client];
    const mine = await anna.views.save({ name: 'x', page: 'devices' });
    const all = await anna.views.save({ name: 'y', page: 'devices', forAll: true });
    await owner.views.save({ name: 'x', page: 'devices' });
    assert.deepEqual(
      (await bo.views.list()).map(({ name, mine: own }) => [name, own]),
      [['y', false]],
    );
    assert.deepEqual(
      (await anna.views.list()).map(({ name, mine: own }) => [name, own]),
      [
        ['x', true],
        ['y', true],
      ],
    );
    await assert.rejects(bo.views.remove({ id: mine.id }), /there is none by that number/);
    await assert.rejects(bo.views.remove({ id: all.id }), /it is somebody else's/);
    await assert.rejects(bo.views.save({ name: 'z', page: 'devices', forAll: true }), /you may only look/);
    await as(house, 3, 'admin').views.remove({ id: all.id });
    assert.deepEqual(await bo.views.list(), []);
  });

  test('decides what can be taken back: an operator takes back what operators do, a viewer nothing but its own', async () => {
    await using house = await populated();
    const [operator, viewer, admin] = [as(house, 1, 'operator'), as(house, 2, 'viewer'), as(house, 3, 'admin')];
    await house.client.rules.put({ name: 'night', on: ['device.left'] });
    await house.client.devices.edit({ reference: '1', name: 'nas' });
    const of = async (client: RollcallClient) => (await client.undo.list()).map(({ operation }) => operation);
    assert.deepEqual(
      [await of(viewer), await of(operator), await of(admin)],
      [[], ['devices.edit'], ['rules.put', 'devices.edit'].toReversed()],
    );
    const [edit, rule] = await admin.undo.list();
    await assert.rejects(viewer.undo.do({ of: edit?.ref ?? '' }), /that takes the scope edit/);
    await assert.rejects(operator.undo.do({ of: rule?.ref ?? '' }), /that takes the scope admin/);
    assert.equal(house.stand.keeper.findDevice('1').labels.alias, 'nas');
    await operator.undo.do({ of: edit?.ref ?? '' });
    await admin.undo.do({ of: rule?.ref ?? '' });
    assert.equal(house.stand.keeper.findDevice('1').labels.alias, null);
  });
});
