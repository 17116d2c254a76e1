import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Device } from '../../src/core/index.ts';
import type { Keeper, Segment } from '../../src/watch/index.ts';
import { AT, covering, device, MINUTE, port, service } from '../make/device.ts';
import { certificate, serving } from '../make/serving.ts';
import { fakeKeeper, roll } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';

const segment = (text: string, fields: Partial<Segment> = {}): Segment => ({
  target: 3,
  text,
  ranges: covering([text]).addresses,
  iface: 'eth0',
  gateways: [],
  unseen: null,
  lookedAt: AT,
  stale: false,
  ...fields,
});

const asking = (devices: readonly Device[], answers: Partial<Keeper> = {}) =>
  openDoor({ keeper: fakeKeeper({ roll: () => roll(devices), ...answers }) });

/** S5: what strangers call themselves. */
const EVIL = '<img src=x onerror=alert(1)>"\\ \u2028';

suite('what a filter means', () => {
  test('only numbers come back, and a fault of the filter names its column', async () => {
    await using open = await asking([device({ id: 3, groups: ['iot'] }), device({ id: 9 })]);
    assert.deepEqual(await open.client.devices.match({ filter: 'group:iot' }), { seq: 12, count: 1, ids: [3] });
    const { status, json } = await open.ask('/api/v1/filter/match?filter=tag%3Aok%20gruop%3Aiot');
    assert.equal(status, 400);
    assert.match(json.message, /"gruop:iot" at column 8: there is no such key/);
  });

  test('S5: a hostile group is offered quoted, and what is chosen means its device', async () => {
    await using open = await asking([device({ id: 3, groups: [EVIL] }), device({ id: 9 })]);
    const { from, to, choices } = await open.client.devices.complete({ text: '-tag:x group:' });
    const filter = `${'-tag:x group:'.slice(0, from)}${choices[0]?.insert}${'-tag:x group:'.slice(to)}`;
    assert.deepEqual((await open.client.devices.match({ filter })).ids, [3]);
  });

  test('a cursor beyond the text, or a text too long, is no way in', async () => {
    await using open = await asking([device()]);
    assert.equal((await open.ask('/api/v1/filter/complete?text=a&cursor=999')).status, 200);
    assert.equal((await open.ask('/api/v1/filter/complete?text=a&cursor=-1')).status, 400);
    assert.equal((await open.ask(`/api/v1/filter/complete?text=${'x'.repeat(1001)}`)).status, 400);
    assert.deepEqual(open.failures, []);
  });
});

suite('rows', () => {
  test('of a past moment they are as believed then; counts are of all devices', async () => {
    const then = { site: 'home', at: AT - MINUTE, seq: 4, devices: [device({ id: 1, presence: 'away' }), device({ id: 2, alias: EVIL })] };
    await using open = await asking([device()], { rollAt: async () => then });
    const table = await open.client.devices.rows({ at: '1d', filter: 'presence:present' });
    assert.deepEqual(
      [table.seq, table.counts, table.rows.map(({ id, name }) => [id, name])],
      [4, { devices: 2, present: 1, away: 1, unknown: 0 }, [[2, EVIL]]],
    );
  });
});

suite('histograms', () => {
  const counts = { countChanges: async () => ({ families: new Map(), kinds: new Map() }) };

  test('a beginning after the end, too many slots and unknown families are named', async () => {
    await using open = await asking([device()], counts);
    for (const [query, message] of [
      ['since=1h&until=2h', /that is its end, or after it/],
      ['slots=2001', /reading slots/],
      ['family=noise', /reading family/],
    ] as const) {
      const { status, json } = await open.ask(`/api/v1/changes/histogram?${query}`);
      assert.equal(status, 400, query);
      assert.match(json.message, message);
    }
  });

  test('a filter and a device become the devices that are counted', async () => {
    const asked: (ReadonlySet<number> | undefined)[] = [];
    const countChanges: Keeper['countChanges'] = async ({ devices }) => {
      asked.push(devices);
      return { families: new Map(), kinds: new Map() };
    };
    const [a, b] = [device({ id: 3, groups: ['iot'] }), device({ id: 9 })];
    await using open = await asking([a, b], { countChanges, findDevice: () => b });
    await open.client.changes.histogram({ filter: 'group:iot' });
    await open.client.changes.histogram({ filter: 'group:iot', device: '9' });
    await open.client.changes.histogram();
    assert.deepEqual(asked, [new Set([3]), new Set(), undefined]);
  });
});

suite('services', () => {
  test('S5, R33: a hostile certificate is data, with its days left and a filter that finds it', async () => {
    const evil = certificate({
      subject: `CN=${EVIL}`,
      issuer: `CN=${EVIL}`,
      notAfter: new Date(Date.now() + 5.5 * 86_400_000).toISOString(),
    });
    const shown = { ...port(443, 'open', service(EVIL)), serving: serving({ certificate: evil }) };
    await using open = await asking([device({ id: 7, ports: [shown] }), device({ id: 8 })]);
    const told = await open.client.services.list({ by: 'certificate' });
    assert.ok(told.by === 'certificate');
    const [group] = told.groups;
    assert.deepEqual([group?.daysLeft, group?.selfSigned, group?.certificate.subject], [5, true, evil.subject]);
    for (const by of ['port', 'product', 'certificate'] as const) {
      const [{ filter } = { filter: '' }] = (await open.client.services.list({ by })).groups;
      assert.deepEqual((await open.client.devices.match({ filter })).ids, [7], filter);
    }
  });

  test('a port that thousands have is told with how many, and the first of them', async () => {
    await using open = await asking(Array.from({ length: 3000 }, (_, id) => device({ id: id + 1, ports: [port(22)] })));
    const { groups, total } = await open.client.services.list();
    assert.deepEqual([total, groups[0]?.count, groups[0]?.devices, groups[0]?.places.length], [1, 3000, 3000, 500]);
  });
});

suite('the map', () => {
  const lan = segment('10.0.0.0/24', { gateways: ['10.0.0.1'], unseen: { since: AT, cause: EVIL } });
  const segments = () => [lan, segment('10.9.0.0/24', { target: null, stale: true })];

  test('segments tell who is in them, by what they are; who is in none is elsewhere', async () => {
    const router = device({ id: 1, at: ['10.0.0.1', '10.9.0.1'], type: 'router', groups: [EVIL] });
    const gone = device({ id: 2, at: ['172.16.0.1'], presence: 'away' });
    await using open = await asking([router, gone], { segments });
    const map = await open.client.networks.map();
    assert.deepEqual(
      map.segments.map(({ id, members, types }) => [id, members, types]),
      [
        ['target-3', [1], { router: 1 }],
        ['10.9.0.0/24', [1], { router: 1 }],
        ['elsewhere', [2], {}],
      ],
    );
    assert.deepEqual(map.links, [{ device: 1, from: 'target-3', to: '10.9.0.0/24' }]);
    assert.deepEqual(map.segments[0]?.gateways, [{ address: '10.0.0.1', device: 1 }]);
    assert.deepEqual([map.segments[0]?.unseen?.cause, map.segments[0]?.groups], [EVIL, [{ name: EVIL, devices: 1 }]]);
  });

  test('more devices than anybody can look at are counted, until one segment is asked for', async () => {
    const many = Array.from({ length: 501 }, (_, i) => device({ id: i + 1, at: [`10.${i < 300 ? 0 : 9}.0.${i % 256}`] }));
    await using open = await asking(many, { segments });
    const map = await open.client.networks.map();
    assert.deepEqual([map.collapsed, map.segments.map(({ members }) => members)], [true, [null, null]]);
    const one = await open.client.networks.map({ segment: '10.9.0.0/24' });
    assert.deepEqual([one.segments.length, one.segments[0]?.members?.length], [1, 201]);
    const { status, json } = await open.ask('/api/v1/networks/map?segment=%3Cscript%3E');
    assert.deepEqual([status, json.code], [404, 'not-found']);
  });
});

suite('the overview', () => {
  test('tells what cannot be seen and what does not drift, and judges drift once for many who ask', async () => {
    let judged = 0;
    const drift = async () => {
      judged++;
      return { items: [{}, {}, {}], unknown: [] } as unknown as Awaited<ReturnType<Keeper['drift']>>;
    };
    const countChanges = async () => ({
      families: new Map([['came', new Uint32Array([2])] as const]),
      kinds: new Map([['device.returned', 2] as const]),
    });
    const blind = segment('10.0.0.0/24', { unseen: { since: AT, cause: 'no cable' } });
    const answers = {
      drift,
      countChanges,
      segments: () => [blind, segment('10.9.0.0/24', { target: 4 })],
      running: () => [],
      incidents: async () => [],
    };
    await using open = await asking([device({ id: 1, owner: 'anna', carried: true }), device({ id: 2, presence: 'away' })], answers);
    const [told] = await Promise.all([open.client.overview.get(), open.client.overview.get(), open.client.overview.get()]);
    assert.deepEqual(told.counts, { devices: 2, present: 1, away: 1, unknown: 0 });
    assert.deepEqual([told.drift, told.changes.total, told.changes.families], [3, 2, { came: 2 }]);
    assert.deepEqual(
      told.unseen.map(({ id, unseen }) => [id, unseen?.cause]),
      [['target-3', 'no cable']],
    );
    assert.deepEqual(told.people, [{ name: 'anna', is: 'home' }]);
    assert.equal(judged, 1);
  });
});

suite('strips and schedules', () => {
  test('more devices than a screen has rows, slots without end, and schedules of two minds are refused', async () => {
    await using open = await asking([device()]);
    const many = Array.from({ length: 501 }, (_, i) => `devices=${i + 1}`).join('&');
    for (const path of [
      `/api/v1/strips?${many}`,
      '/api/v1/strips?devices=1&slots=100000',
      '/api/v1/strips?devices=x',
      '/api/v1/schedule/next',
      '/api/v1/schedule/next?every=5m&at=0%203%20*%20*%20*',
    ])
      assert.equal((await open.ask(path)).status, 400, path);
    assert.deepEqual(open.failures, []);
  });
});
