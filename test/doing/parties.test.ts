import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { populated } from './populated.ts';

suite('removing people and groups', () => {
  test('a person is gone when none of their devices is theirs; taken back, all of them are', async () => {
    await using house = await populated();
    await house.client.people.give({ person: 'Anna', devices: ['1', '2'] });
    await house.client.people.give({ person: 'Bo', devices: ['3'] });
    const left = await house.ask('POST', '/people/remove', { person: 'anna' });
    assert.deepEqual([left.status, left.json.map(({ name }: { name: string }) => name)], [200, ['Bo']]);
    const [deed] = await house.client.undo.list();
    await house.client.undo.do({ of: deed?.ref ?? '' });
    assert.deepEqual(
      (await house.client.people.list()).map(({ name, devices }) => [name, devices.length]),
      [
        ['Anna', 2],
        ['Bo', 1],
      ],
    );
    for (const person of ['nobody', '__proto__']) assert.equal((await house.ask('POST', '/people/remove', { person })).status, 404);
    assert.equal((await house.ask('POST', '/people/remove', { person: '' })).status, 400);
  });

  test('a group is dissolved, but not while a policy is about it', async () => {
    await using house = await populated();
    await house.client.groups.add({ group: 'IoT', devices: ['2', '3'] });
    const { id } = await house.client.approvals.policy({ group: 'iot', rule: 'only', ports: '80/tcp' });
    const refused = await house.ask('POST', '/groups/dissolve', { group: 'iot' });
    assert.deepEqual([refused.status, refused.json.message], [403, `dissolving group "IoT": policy ${id} is about it`]);
    assert.equal((await house.client.groups.list()).length, 1);
    await house.client.approvals.revoke({ ids: [id] });
    assert.deepEqual(await house.client.groups.dissolve({ group: 'iot' }), []);
    assert.ok(house.stand.keeper.roll().devices.every(({ labels }) => labels.groups.length === 0));
  });
});
