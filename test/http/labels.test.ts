import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { deviceJson, groupJson, personJson } from '../../src/contract/index.ts';
import { type Device, untrusted } from '../../src/core/index.ts';
import { relabel } from '../../src/inventory/index.ts';
import type { Keeper, Session } from '../../src/watch/index.ts';
import { AT, device, HOUR, port } from '../make/device.ts';
import { fakeKeeper, roll } from './fake-keeper.ts';
import { type Ask, openDoor } from './open-door.ts';

const json = (method: string, body: object): Ask => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The phone left two hours ago; the laptop is here for three, the last of the three devices for one. */
const SINCE = new Map([
  [1, AT - 2 * HOUR],
  [2, AT - 3 * HOUR],
  [3, AT - HOUR],
]);
const SESSIONS: Readonly<Record<number, readonly Session[]>> = {
  1: [
    { presence: 'present', from: AT - 9 * HOUR, to: AT - 2 * HOUR },
    { presence: 'away', from: AT - 2 * HOUR, to: null },
  ],
  2: [{ presence: 'present', from: AT - 3 * HOUR, to: null }],
};

/** A keeper that believes what it is told of three devices, and finds them by id. */
function household(): Keeper & { devices(): readonly Device[] } {
  let devices: readonly Device[] = [
    device({ id: 1, alias: 'phone', type: 'phone', owner: 'Anna', groups: ['kids'], presence: 'away' }),
    device({ id: 2, alias: 'laptop', owner: 'Anna' }),
    device({ id: 3, ports: [port(9100), port(631)], clues: [{ kind: 'mdns.service', value: untrusted('_ipp._tcp') }] }),
  ];
  const keeper = fakeKeeper({
    roll: () => roll(devices),
    presenceSince: async () => SINCE,
    sessionsOf: async ({ id }) => SESSIONS[id] ?? [],
    findDevice: (reference) =>
      devices.find(({ id, labels }) => String(id) === reference || labels.alias === reference) ?? assert.fail(reference),
    editDevices: async (ids, edit) => {
      const edited = relabel({ devices: new Map(devices.map((one) => [one.id, one])) }, ids, edit).map(({ after }) => after);
      devices = devices.map((one) => edited.find(({ id }) => id === one.id) ?? one);
      return edited;
    },
  });
  return Object.assign(keeper, { devices: () => devices });
}

suite('labels', () => {
  test('a device tells what people say of it, and what it is by guess with the reason', async () => {
    await using open = await openDoor({ keeper: household() });
    const devices = (await open.ask('/api/v1/devices')).json.map((one: unknown) => deviceJson.strict().parse(one));
    assert.deepEqual([devices[0].type, devices[0].owner, devices[0].groups], ['phone', 'Anna', ['kids']]);
    assert.equal(devices[2].type, 'printer');
    assert.equal(devices[2].typeGuess.type, 'printer');
    assert.ok(devices[2].typeGuess.reason.length > 0);
  });

  test('devices are chosen by a filter; a bad word is a refusal that points at it', async () => {
    await using open = await openDoor({ keeper: household() });
    const ids = async (filter: string) =>
      (await open.ask(`/api/v1/devices?filter=${encodeURIComponent(filter)}`)).json.map(({ id }: { id: number }) => id);
    assert.deepEqual(await ids('owner:anna'), [1, 2]);
    assert.deepEqual(await ids('-owner:* type:printer'), [3]);
    const bad = await open.ask('/api/v1/devices?filter=gruop:kids');
    assert.equal(bad.status, 400);
    assert.match(bad.json.message, /"gruop:kids" at column 1: there is no such key\ngruop:kids\n\^{10}$/);
    assert.equal(bad.json.remedy, 'did you mean group:?');
  });

  test('everything that may be said is said by one PATCH, and null takes it away', async () => {
    const keeper = household();
    await using open = await openDoor({ keeper });
    const said = {
      name: 'drucker',
      type: 'nas',
      owner: 'Bo',
      carried: false,
      groups: { add: ['office'] },
      tags: { add: ['ok', 'new'] },
      note: 'by the door',
      importance: 'high',
      window: '1h30m',
      probed: false,
    };
    const { json: shown } = await open.ask('/api/v1/devices/3', json('PATCH', said));
    assert.deepEqual(
      [shown.name, shown.type, shown.typeGuess.type, shown.owner, shown.carried],
      ['drucker', 'nas', 'printer', 'Bo', false],
    );
    assert.deepEqual([shown.groups, shown.tags, shown.note, shown.importance], [['office'], ['new', 'ok'], 'by the door', 'high']);
    assert.deepEqual([shown.window, shown.probed], ['1h30m', false]);
    const nothing = { name: null, type: null, owner: null, carried: null, note: null, window: null, tags: { drop: ['ok', 'new'] } };
    const { json: less } = await open.ask('/api/v1/devices/3', json('PATCH', nothing));
    assert.deepEqual(
      [less.alias, less.type, less.owner, less.carried, less.note, less.window, less.tags],
      [null, 'printer', null, null, null, null, []],
    );
    assert.deepEqual(less.groups, ['office'], 'what is left out stays');
  });

  test('several are edited by name or by filter, as a whole; a dry run changes nothing', async () => {
    const keeper = household();
    await using open = await openDoor({ keeper });
    const edit = (body: object) => open.ask('/api/v1/devices/edit', json('POST', body));
    const dry = await edit({ filter: 'owner:Anna', edit: { tags: { add: ['x'] } }, dryRun: true });
    assert.deepEqual(
      dry.json.map(({ id, tags }: any) => [id, tags]),
      [
        [1, ['x']],
        [2, ['x']],
      ],
    );
    assert.ok(keeper.devices().every(({ labels }) => labels.tags.length === 0));
    await edit({ filter: 'owner:Anna', edit: { tags: { add: ['x'] } } });
    await edit({ devices: ['3', 'phone', '3'], edit: { tags: { add: ['y'] } } });
    assert.deepEqual(
      keeper.devices().map(({ labels }) => labels.tags),
      [['x', 'y'], ['x'], ['y']],
    );
    assert.deepEqual((await edit({ filter: 'owner:nobody', edit: { probed: false } })).json, []);
  });

  test('hostile and unusable labels are refused, and nothing is changed', async () => {
    const keeper = household();
    await using open = await openDoor({ keeper });
    const before = keeper.devices();
    const many = await open.ask('/api/v1/devices/edit', json('POST', { devices: Array.from({ length: 1001 }, () => '1'), edit: {} }));
    assert.match(many.json.message, /^reading devices of 1001: /);
    assert.equal(many.json.remedy, 'give 1000 of them at most');
    const high = await open.ask('/api/v1/devices/1', json('PATCH', { importance: 'huge' }));
    assert.match(high.json.message, /^reading importance "huge": /);
    assert.equal(high.json.remedy, 'write low, normal, high');
    const bad: [object, RegExp][] = [
      [{ devices: ['1', '2'], edit: { name: 'x' } }, /naming 2 devices/],
      [{ edit: { probed: false } }, /which ones is not clear/],
      [{ devices: ['1'], filter: 'a', edit: { probed: false } }, /which ones is not clear/],
      [{ devices: ['1'], edit: { owner: 'a\u202eb' } }, /cannot be seen/],
      [{ devices: ['1'], edit: { owner: 'x'.repeat(300) } }, /300 characters/],
      [{ devices: ['1'], edit: { groups: { add: ['a:b'] } } }, /filters have a meaning/],
      [{ devices: ['1'], edit: { type: 'spaceship' } }, /reading edit.type "spaceship"/],
      [{ devices: ['1'], edit: { site: 'x' } }, /unrecognized key/],
      [{ filter: '-tag:*', edit: { owner: '' } }, /nothing of it can be seen/],
    ];
    for (const [body, message] of bad) {
      const reply = await open.ask('/api/v1/devices/edit', json('POST', body));
      assert.equal(reply.status, 400, reply.text);
      assert.match(reply.json.message, message);
    }
    assert.deepEqual(keeper.devices(), before);
    assert.deepEqual(open.failures, []);
  });
});

suite('people and groups', () => {
  test('people are listed with what counts, given devices, renamed and left without', async () => {
    const keeper = household();
    await using open = await openDoor({ keeper });
    const ask = async (path: string, body?: object) => {
      const reply = await open.ask(`/api/v1/people${path}`, body && json('POST', body));
      assert.equal(reply.status, 200, reply.text);
      return reply.json.map((one: unknown) => personJson.strict().parse(one));
    };
    const edited = async (edit: object) => {
      await open.ask('/api/v1/devices/laptop', json('PATCH', edit));
      return ask('');
    };
    const [anna] = await ask('');
    assert.deepEqual([anna.name, anna.is], ['Anna', 'away'], 'the phone counts, not the laptop at home');
    assert.equal(anna.since, new Date(AT - 2 * HOUR).toISOString());
    assert.deepEqual(
      anna.devices.map(({ id, counts }: any) => [id, counts]),
      [
        [1, true],
        [2, false],
      ],
    );
    const [both] = await edited({ carried: true });
    const began = new Date(AT - 9 * HOUR).toISOString();
    assert.deepEqual([both.is, both.since], ['home', began], 'the laptop came while the phone was still here');
    await edited({ carried: null });
    const given = await ask('/give', { person: 'anna', devices: ['3'] });
    assert.deepEqual(
      given.map(({ name, devices }: any) => [name, devices.length]),
      [['Anna', 3]],
    );
    assert.deepEqual(
      (await ask('/rename', { person: 'ANNA', name: '__proto__' })).map(({ name }: any) => name),
      ['__proto__'],
    );
    const left = await ask('/take', { devices: ['phone'] });
    assert.deepEqual(
      left.map(({ name, is }: any) => `${name} ${is}`),
      ['__proto__ home'],
    );
    assert.deepEqual(await open.client.people.list(), left);
  });

  test('no two people or groups become one by a slip: only when that is said', async () => {
    const keeper = household();
    await using open = await openDoor({ keeper });
    const { people, groups } = open.client;
    await people.give({ person: 'Carl', devices: ['#3'] });
    await groups.add({ group: 'IoT', devices: ['3'] });
    const before = keeper.devices();
    const refused = await open.ask('/api/v1/people/rename', json('POST', { person: 'anna', name: ' carl' }));
    assert.deepEqual([refused.status, refused.json.message], [409, 'renaming person "Anna": there is a person "Carl" already']);
    assert.match(refused.json.remedy, /choose another name, or make them one with --into/);
    await assert.rejects(groups.rename({ group: 'kids', name: 'iot' }), /there is a group "IoT" already/);
    assert.deepEqual(keeper.devices(), before);
    assert.deepEqual(
      (await people.rename({ person: 'Anna', name: 'carl', into: true })).map(({ name }) => name),
      ['Carl'],
    );
    assert.deepEqual(
      (await groups.rename({ group: 'kids', name: 'iot', into: true })).map(({ name }) => name),
      ['IoT'],
    );
  });

  test('groups are listed, filled, emptied and renamed, also to another case', async () => {
    await using open = await openDoor({ keeper: household() });
    const shown = (groups: readonly unknown[]) =>
      groups
        .map((one) => groupJson.strict().parse(one))
        .map(({ name, is, present, devices }) => `${name} ${is} ${present}/${devices.length}`);
    assert.deepEqual(shown(await open.client.groups.list()), ['kids away 0/1']);
    assert.deepEqual(shown(await open.client.groups.add({ group: 'KIDS', devices: ['2'] })), ['kids home 1/2']);
    assert.deepEqual(shown(await open.client.groups.rename({ group: 'kids', name: 'Kids' })), ['Kids home 1/2']);
    assert.deepEqual(shown(await open.client.groups.rename({ group: 'Kids', name: 'Kids' })), ['Kids home 1/2']);
    assert.deepEqual(shown(await open.client.groups.remove({ group: 'kids', devices: ['1', '2'] })), []);
    const none = await open.ask('/api/v1/groups/remove', json('POST', { group: 'kids', devices: ['1'] }));
    assert.deepEqual([none.status, none.json.message], [404, 'finding group "kids": there is none']);
  });
});
