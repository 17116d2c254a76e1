import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { undoableJson, undoneJson } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import { MINUTE } from '../make/device.ts';
import { hosts, type Populated, populated } from './populated.ts';

const newest = async (house: Populated) => {
  const [first] = (await house.client.undo.list()).map((one) => undoableJson.strict().parse(one));
  assert.ok(first, 'there is something to take back');
  return first;
};
const takeBack = async (house: Populated) => undoneJson.strict().parse(await house.client.undo.do({ of: (await newest(house)).ref }));
const labelsOf = ({ stand }: Populated) => stand.keeper.roll().devices.map(({ labels }) => labels);

suite('taking back', () => {
  test('labels of many devices come back as they were, in one commit, and can be set again by taking that back', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '1', name: 'server', tags: { add: ['old'] }, window: '2h' });
    const before = labelsOf(house);
    await house.client.devices.editMany({
      devices: ['1', '2', '3'],
      edit: { owner: 'Anna', tags: { add: ['new'], drop: ['old'] }, probed: false },
    });
    const after = labelsOf(house);
    const { operation, what, devices } = await newest(house);
    assert.deepEqual([operation, devices], ['devices.edit', [1, 2, 3]]);
    assert.match(what, /^3 devices: owner none -> Anna/);
    const { note } = await takeBack(house);
    assert.deepEqual([labelsOf(house), note], [before, null]);
    await takeBack(house);
    assert.deepEqual(labelsOf(house), after);
    const edits = await house.stand.keeper.changes({ kinds: ['device.edited'], limit: 100 });
    assert.equal(edits.length, 1 + 3 + 3 + 3, 'each step is history');
    assert.deepEqual(house.failures, []);
  });

  test('what was changed since is told instead of overwritten, of none of them; what is about something else does not matter', async () => {
    await using house = await populated();
    await house.client.devices.editMany({ devices: ['1', '2'], edit: { owner: 'Anna' } });
    const { ref } = await newest(house);
    await house.client.devices.edit({ reference: '2', owner: 'Bo' });
    const before = labelsOf(house);
    const refused = await house.ask('POST', '/undo', { of: ref });
    assert.equal(refused.status, 409, refused.text);
    assert.match(refused.json.message, /of #2: somebody changed its owner since/);
    assert.deepEqual(labelsOf(house), before);
    await house.client.devices.edit({ reference: '2', owner: 'Anna', note: 'hers' });
    await house.client.undo.do({ of: ref });
    assert.deepEqual(
      labelsOf(house).map(({ owner, note }) => [owner, note]),
      [
        [null, null],
        [null, 'hers'],
        [null, null],
      ],
    );
  });

  test('is done once, for a quarter of an hour, by a number that cannot be guessed from another process', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '1', name: 'a' });
    const { ref, at, until } = await newest(house);
    assert.equal(Date.parse(until) - Date.parse(at), 15 * MINUTE);
    const both = await Promise.allSettled([house.client.undo.do({ of: ref }), house.client.undo.do({ of: ref })]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    for (const bad of [ref, 'x', `${ref}0`, '__proto__']) assert.equal((await house.ask('POST', '/undo', { of: bad })).status, 404, bad);
    assert.equal((await house.ask('POST', '/undo', { of: '' })).status, 400);
    assert.equal((await house.ask('POST', '/undo', { of: 'x'.repeat(65) })).status, 400);
    await house.client.devices.edit({ reference: '1', name: 'b' });
    const late = await newest(house);
    await house.stand.clock.pass(15 * MINUTE);
    assert.deepEqual(await house.client.undo.list(), []);
    assert.equal((await house.ask('POST', '/undo', { of: late.ref })).status, 404);
    assert.equal(labelsOf(house)[0]?.alias, 'b');
  });

  test('takes the scope of what was done: who may only look sees and takes back nothing of others', async () => {
    await using house = await populated();
    const { keeper } = house.stand;
    const asker = (...scopes: string[]) => ({ user: 7, scopes });
    await house.client.devices.edit({ reference: '1', name: 'a' });
    await house.client.rules.put({ name: 'night', on: ['device.appeared'] });
    const of = (...scopes: string[]) => keeper.undoable(asker('read', ...scopes)).map(({ operation }) => operation);
    assert.deepEqual([of(), of('edit'), of('edit', 'admin')], [[], ['devices.edit'], ['rules.put', 'devices.edit']]);
    const [rule] = keeper.undoable(asker('admin'));
    await assert.rejects(
      keeper.undo(rule?.ref ?? '', asker('read', 'edit')),
      (fault) => fault instanceof Fault && fault.code === 'refused',
    );
    const mine = await keeper.saveView({ name: 'x', page: 'devices', filter: '', columns: [], sort: null, forAll: false }, asker('read'));
    await keeper.removeView(mine.id, asker('read'));
    assert.deepEqual([of(), keeper.undoable({ user: 8, scopes: ['read'] }).length], [['views.remove'], 0]);
    const [removed] = keeper.undoable(asker('read'));
    await keeper.undo(removed?.ref ?? '', asker('read'));
    assert.deepEqual(
      (await keeper.savedViews(asker('read'))).map(({ name }) => name),
      ['x'],
    );
  });

  test('an approval is revoked again and a revoked one holds anew, without rewriting what held in between', async () => {
    await using house = await populated();
    const inForce = async () => (await house.client.approvals.list()).map(({ deviceId, port }) => `${deviceId} ${port ?? 'here'}`).sort();
    await house.client.approvals.approve({ devices: ['1'], by: 'anna' });
    const all = await inForce();
    assert.deepEqual(all, ['1 22/tcp', '1 80/tcp', '1 here']);
    await takeBack(house);
    assert.deepEqual(await inForce(), []);
    await takeBack(house);
    assert.deepEqual(await inForce(), all);
    await house.stand.clock.pass(MINUTE);
    const ids = (await house.client.approvals.list()).map(({ id }) => id);
    await house.client.approvals.revoke({ ids, by: 'bo' });
    await house.stand.clock.pass(MINUTE);
    await takeBack(house);
    assert.deepEqual(await inForce(), all);
    assert.deepEqual(
      await house.client.approvals.list({ at: new Date(house.stand.clock.now() - MINUTE / 2).toISOString() }),
      [],
      'they did not hold in between',
    );
    assert.equal((await house.client.approvals.list())[0]?.by, 'anna');
  });

  test('an approval that somebody changed since is not taken back, with the name of who did', async () => {
    await using house = await populated();
    await house.client.approvals.approve({ devices: ['1'] });
    const { ref } = await newest(house);
    await house.client.approvals.revoke({ devices: ['1'], services: ['22/tcp'], by: 'bo' });
    const { status, json } = await house.ask('POST', '/undo', { of: ref });
    assert.deepEqual([status, /22\/tcp was changed since by bo/.test(json.message)], [409, true], json.message);
    await house.client.approvals.approve({ devices: ['1'], services: ['22/tcp'], version: 'port', by: 'carl' });
    const revoked = (await house.client.undo.list()).find(({ operation }) => operation === 'approvals.revoke');
    assert.match((await house.ask('POST', '/undo', { of: revoked?.ref })).json.message, /changed since by carl/);
    assert.equal((await house.client.approvals.list()).length, 3);
  });

  test('merges and splits are taken back, but not once the device is another', async () => {
    await using house = await populated();
    const ids = () => house.stand.keeper.roll().devices.map(({ id }) => id);
    await house.client.merges.merge({ keep: '1', absorb: ['2', '3'] });
    assert.deepEqual(ids(), [1]);
    const merged = await newest(house);
    assert.deepEqual([merged.operation, merged.devices], ['merges.merge', [1, 2, 3]]);
    await house.client.undo.do({ of: merged.ref });
    assert.deepEqual(ids().sort(), [1, 2, 3]);
    await house.client.merges.merge({ keep: '1', absorb: ['2'] });
    const { ref } = await newest(house);
    await house.client.merges.undo({ device: '1' });
    await takeBack(house);
    assert.deepEqual(ids().sort(), [1, 3], 'what was taken apart is one again');
    await house.client.devices.forget({ devices: ['1'] });
    assert.match((await house.ask('POST', '/undo', { of: ref })).json.message, /no part of that device any more|forgotten/);
    assert.ok(
      (await house.client.undo.list()).every(({ operation }) => operation !== 'devices.forget'),
      'to forget is for good',
    );
  });

  test('targets come back with their schedule; another one in their place is not overwritten', async () => {
    await using house = await populated({ config: { self: { watch: false }, targets: [] } });
    const { id } = await house.client.targets.add({ target: '10.0.0.0/24', schedule: [{ plan: 'sweep', every: '10m' }], window: '3h' });
    await house.client.targets.edit({ reference: String(id), schedule: [{ plan: 'ports', every: '1h' }] });
    await takeBack(house);
    assert.deepEqual(
      (await house.client.targets.list())[0]?.target.schedule.map(({ plan }) => plan),
      ['sweep'],
    );
    await house.client.targets.remove({ reference: String(id) });
    const removed = await newest(house);
    const { note } = await house.client.undo.do({ of: removed.ref });
    const [back] = await house.client.targets.list();
    assert.deepEqual([back?.target.target, back?.target.window, back?.target.schedule[0]?.every], ['10.0.0.0/24', '3h', '10m']);
    assert.match(String(note), new RegExp(`it is target ${back?.target.id} now`));
    await house.client.targets.remove({ reference: '10.0.0.0/24' });
    const again = await newest(house);
    await house.client.targets.add({ target: '10.0.0.0/24' });
    assert.match((await house.ask('POST', '/undo', { of: again.ref })).json.message, /watched again already/);
  });

  test('rules and mutes are put back, or dropped again where they were made', async () => {
    await using house = await populated();
    const rules = async () =>
      (await house.client.rules.list()).filter(({ source }) => source === 'user').map(({ name, on }) => `${name} ${on.join()}`);
    await house.client.rules.put({ name: 'night', on: ['device.appeared'] });
    await house.client.rules.put({ name: 'night', on: ['device.left'] });
    await takeBack(house);
    assert.deepEqual(await rules(), ['night device.appeared']);
    await house.client.rules.drop({ name: 'night' });
    await takeBack(house);
    assert.deepEqual(await rules(), ['night device.appeared']);
    const mute = await house.client.mutes.add({ kind: 'mute', until: '1h', why: 'guests' });
    await house.client.mutes.end({ id: mute.id });
    const { note } = await takeBack(house);
    assert.match(String(note), /it is number \d+ now/);
    const [held] = await house.client.mutes.list({});
    assert.deepEqual([held?.why, held?.until], ['guests', mute.until]);
    await takeBack(house);
    assert.deepEqual(await house.client.mutes.list({}), []);
  });

  test('a device that was merged since is told, and its labels stay', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '2', owner: 'Anna' });
    const { ref } = await newest(house);
    await house.client.merges.merge({ keep: '1', absorb: ['2'] });
    assert.match((await house.ask('POST', '/undo', { of: ref })).json.message, /#2: it was merged or forgotten since/);
    await house.set(hosts());
    assert.equal(house.stand.keeper.findDevice('1').labels.owner, 'Anna');
  });

  test('no more than a hundred deeds are remembered, whatever they are called', async () => {
    await using house = await populated();
    for (let i = 0; i < 105; i++) await house.stand.keeper.editDevices([1], { note: `${'<script>'.repeat(60)}${i}` });
    const all = await house.client.undo.list();
    assert.equal(all.length, 100);
    assert.ok(all.every(({ what }) => what.length <= 210));
  });
});
