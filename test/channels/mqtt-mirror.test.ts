import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { type BrokerDouble, mosquitto, until } from '../make/mosquitto.ts';
import { mirrored, openIncident, party, pictureOf } from '../make/picture.ts';
import { needs } from '../needs.ts';
import { mirrorOn } from './mqtt-stand.ts';

const STATUS = 'rollcall/home/status';

describe('a mirror on a real broker', needs('mosquitto'), () => {
  let broker: BrokerDouble;
  let topic = 0;
  /** A corner of the broker that no other test has. */
  const corner = (): { readonly url: string; readonly topic: string; readonly discovery: string } => {
    topic++;
    return { url: broker.url, topic: `t${topic}`, discovery: `ha${topic}` };
  };
  before(async () => {
    broker = await mosquitto();
  });
  after(() => broker.stop());

  test('whoever comes later finds presence, attributes and discovery of everything', async (t) => {
    const { mirror, shown } = mirrorOn(t, { url: broker.url });
    mirror.show(
      pictureOf({ devices: [mirrored(7, { name: 'nas' }), mirrored(8, { presence: 'away' }), mirrored(9, { presence: 'unknown' })] }),
    );
    await shown();
    const kept = await broker.kept('rollcall/#');
    assert.deepEqual(
      [7, 8, 9].map((id) => kept.get(`rollcall/home/device/${id}/state`)),
      ['home', 'not_home', 'None'],
    );
    assert.deepEqual(JSON.parse(kept.get('rollcall/home/device/7/attributes') ?? ''), {
      in_zones: ['zone.home'],
      rollcall_id: 7,
      ip: '10.0.0.7',
      mac: '02:00:5e:00:00:07',
      host_name: 'host-7.lan',
      vendor: 'Acme',
      type: 'phone',
      owner: null,
      groups: [],
      first_seen: '2026-01-05T08:00:00.000Z',
      last_seen: '2026-01-05T08:00:00.000Z',
    });
    assert.equal(kept.get('rollcall/home/person/anna/state'), 'home');
    assert.equal(kept.get('rollcall/home/group/family/state'), 'ON');
    assert.equal(kept.get('rollcall/home/count/present/state'), '1');
    assert.equal(kept.get('rollcall/home/count/drift/state'), 'None');
    assert.equal(kept.get(STATUS), 'online');
    const told = await broker.kept('homeassistant/#');
    const tracker = JSON.parse(told.get('homeassistant/device_tracker/rollcall_home/device_7/config') ?? '');
    assert.deepEqual(
      [tracker.source_type, tracker.state_topic, tracker.device.connections, tracker.device.name, tracker.unique_id],
      ['router', 'rollcall/home/device/7/state', [['mac', '02:00:5e:00:00:07']], 'nas', 'rollcall_home_device_7'],
    );
  });

  test('what changes goes out, and nothing else', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown } = mirrorOn(t, { ...at, topic: own });
    const devices = [mirrored(1), mirrored(2), mirrored(3)] as const;
    const first = pictureOf({ devices });
    mirror.show(first);
    await shown();
    const other = await broker.subscriber(`${own}/#`, `${at.discovery}/#`);
    await until('what is kept', () => other.board.has(`${own}/home/status`));
    const before = other.got.length;
    mirror.show({ ...first, devices: [mirrored(1), mirrored(2, { presence: 'away' }), devices[2]] });
    await until('the departure', () => other.board.get(`${own}/home/device/2/state`) === 'not_home');
    mirror.show({ ...first, counts: { ...first.counts, fresh: 99 } });
    await until('the count', () => other.board.get(`${own}/home/count/new/state`) === '99');
    assert.deepEqual(
      other.got.slice(before).map(({ topic: where }) => where.slice(own.length + 6)),
      ['device/2/state', 'device/2/attributes', 'count/new/state', 'device/2/state', 'device/2/attributes'],
    );
  });

  test('a device that is forgotten, and a person without devices, leave nothing behind, in Home Assistant first', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown } = mirrorOn(t, { ...at, topic: own });
    mirror.show(pictureOf());
    await shown();
    const other = await broker.subscriber(`${own}/#`, `${at.discovery}/#`);
    await until('what is kept', () => other.board.has(`${own}/home/status`));
    const before = other.got.length;
    mirror.show(pictureOf({ devices: [mirrored(1)], people: [] }));
    await until('the end', () => ![...other.board.keys()].some((where) => /device[_/]2|anna/.test(where)));
    const gone = other.got.slice(before).filter(({ text }) => text === '');
    assert.deepEqual(
      gone.map(({ topic: where }) => where.replaceAll(own, 't').replace(at.discovery, 'ha')),
      [
        'ha/device_tracker/t_home/person_anna/config',
        't/home/person/anna/attributes',
        't/home/person/anna/state',
        'ha/device_tracker/t_home/device_2/config',
        't/home/device/2/attributes',
        't/home/device/2/state',
      ],
    );
  });

  test('what went while nobody watched is taken away at the next start, and what strangers left in our place; the rest is not touched', async (t) => {
    const { topic: own, ...at } = corner();
    const first = mirrorOn(t, { ...at, topic: own });
    first.mirror.show(pictureOf({ devices: [mirrored(1), mirrored(2)], groups: [party('old friends')], incidents: [openIncident(3)] }));
    await first.shown();
    await first.mirror.close();
    const other = await broker.subscriber();
    const strange = {
      [`${own}/home/device/999/state`]: 'home',
      [`${own}/home/device/1/state`]: 'not_home',
      [`${at.discovery}/sensor/${own}_home/evil/config`]: '{"name":"{{ states }}"}',
      [`${own}/home/command`]: 'scan all',
    };
    const foreign = {
      [`${own}/office/device/1/state`]: 'home',
      [`${own}/home/garden/light`]: 'ON',
      [`${at.discovery}/sensor/other/thing/config`]: '{}',
      [`${at.discovery}/status`]: 'online',
    };
    for (const [where, text] of Object.entries({ ...strange, ...foreign })) await other.send(where, text, true);
    const second = mirrorOn(t, { ...at, topic: own });
    second.mirror.show(pictureOf({ devices: [mirrored(1)] }));
    await second.shown();
    const kept = await broker.kept('#');
    const ours = [...kept.keys()].filter((where) => where.startsWith(`${own}/home`) || where.includes(`/${own}_home/`));
    assert.deepEqual(
      ours.filter((where) => /device[_/](?!1[/]|tracker)|group_old|friends|evil|command|incident\/\d/.test(where)),
      [],
    );
    assert.equal(kept.get(`${own}/home/device/1/state`), 'home');
    for (const [where, text] of Object.entries(foreign)) assert.equal(kept.get(where), text, where);
    assert.deepEqual(second.orders, [], 'a command that the broker had kept is none');
  });

  test('a start that finds everything as it should be says nothing but that it is there', async (t) => {
    const { topic: own, ...at } = corner();
    const first = mirrorOn(t, { ...at, topic: own });
    first.mirror.show(pictureOf());
    await first.shown();
    await first.mirror.close();
    const other = await broker.subscriber(`${own}/#`, `${at.discovery}/#`);
    await until('what is kept', () => other.board.get(`${own}/home/status`) === 'offline');
    const before = other.got.length;
    const second = mirrorOn(t, { ...at, topic: own });
    second.mirror.show(pictureOf());
    await second.shown();
    await until('it to be there', () => other.board.get(`${own}/home/status`) === 'online');
    const said = other.got.slice(before).filter(({ topic: where }) => !where.endsWith('/echo'));
    assert.deepEqual(
      said.map(({ topic: where, text }) => `${where} ${text}`),
      [`${own}/home/status online`],
    );
  });

  test('who takes leave is offline at once', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown } = mirrorOn(t, { ...at, topic: own });
    mirror.show(pictureOf());
    await shown();
    await mirror.close();
    assert.equal((await broker.kept(`${own}/#`)).get(`${own}/home/status`), 'offline');
  });

  test('when Home Assistant has started it is told everything again, however often it says so', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown } = mirrorOn(t, { ...at, topic: own });
    mirror.show(pictureOf());
    await shown();
    const other = await broker.subscriber(`${own}/#`, `${at.discovery}/#`);
    await until('what is kept', () => other.board.has(`${own}/home/status`));
    const before = other.got.length;
    const kinds = new Set([...other.board.keys()].filter((where) => !where.endsWith('/status')));
    for (let i = 0; i < 20; i++) await other.send(`${at.discovery}/status`, 'online');
    const again = (): string[] => other.got.slice(before).flatMap(({ topic: where }) => (kinds.has(where) ? [where] : []));
    await until('everything again', () => new Set(again()).size === kinds.size);
    mirror.show(pictureOf({ devices: [mirrored(5)] })); // whatever else was due has gone out when this has
    await until('a newcomer', () => other.board.has(`${own}/home/device/5/state`));
    assert.equal(again().filter((where) => where.endsWith('count/new/state')).length, 1);
  });

  test('incidents open, change and end as events, and stand while they are open', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown } = mirrorOn(t, { ...at, topic: own });
    mirror.show(pictureOf({ incidents: [openIncident(1)] }));
    await shown();
    const other = await broker.subscriber(`${own}/home/event`, `${own}/home/incident/#`);
    const told = (): string[] =>
      other.got
        .filter(({ topic: where }) => where.endsWith('/event'))
        .map(({ text }) => `${JSON.parse(text).event_type} ${JSON.parse(text).id}`);
    mirror.show(pictureOf({ incidents: [openIncident(1, { count: 4 }), openIncident(2, { title: 'it left' })] }));
    mirror.show(pictureOf({ incidents: [openIncident(2, { title: 'it left', acknowledged: { at: 0, by: null } })] }));
    await until('four events', () => told().length === 4);
    assert.deepEqual(told(), ['changed 1', 'opened 2', 'acknowledged 2', 'over 1']);
    assert.ok(other.got.every(({ topic: where, kept }) => !where.endsWith('/event') || !kept));
    await until('one to be gone', () => other.board.has(`${own}/home/incident/2`) && !other.board.has(`${own}/home/incident/1`));
    assert.equal(JSON.parse((await broker.kept(`${own}/home/incident/#`)).get(`${own}/home/incident/2`) ?? '').title, 'it left');
    assert.equal((await broker.kept(`${own}/home/incident/#`)).size, 1);
  });

  test('commands are carried out and answered; what is none is not, whatever it is', async (t) => {
    const { topic: own, ...at } = corner();
    const obey = async (): Promise<string> => {
      if (orders.length === 3) throw new Fault('refused', 'scanning: it was scanned 2 s ago');
      return 'scan 12 began';
    };
    const { mirror, shown, orders, notes } = mirrorOn(t, { ...at, topic: own }, obey);
    mirror.show(pictureOf());
    await shown();
    const other = await broker.subscriber(`${own}/home/answer`);
    const answers = (): readonly unknown[] => other.got.map(({ text }) => JSON.parse(text));
    const command = `${own}/home/command`;
    const bad = [
      '',
      'shutdown',
      'scan; rm -rf /',
      'scan ../../etc',
      '{"do":"scan"}',
      'scan\0all',
      'acknowledge 0',
      'acknowledge -1',
      'scan  --help',
    ];
    for (const text of [...bad, 'x'.repeat(100_000)]) await other.send(command, text);
    await other.send(command, Buffer.from([0xff, 0xfe, 0x00]));
    await other.send(command, 'scan all', true);
    for (const text of ['scan', 'SCAN 10.0.0.0/24', 'scan 3', 'acknowledge 12', 'ack all']) await other.send(command, text);
    await until('all answers', () => answers().length === bad.length - 1 + 2 + 1 + 5);
    assert.deepEqual(orders, [
      { kind: 'scan', target: null }, // somebody listens: that it is kept for others is not for us to judge
      { kind: 'scan', target: null },
      { kind: 'scan', target: '10.0.0.0/24' },
      { kind: 'scan', target: '3' },
      { kind: 'acknowledge', incident: 12 },
      { kind: 'acknowledge', incident: 'open' },
    ]);
    assert.ok(answers().some((one) => JSON.stringify(one) === JSON.stringify({ done: false, text: 'scanning: it was scanned 2 s ago' })));
    assert.ok(
      notes.every((note) => !/rm -rf|shutdown|xxxx/.test(note)),
      'what a stranger wrote is not logged',
    );
  });

  test('a flood of commands is not carried out', async (t) => {
    const { topic: own, ...at } = corner();
    const { mirror, shown, orders, notes } = mirrorOn(t, { ...at, topic: own });
    mirror.show(pictureOf());
    await shown();
    const other = await broker.subscriber();
    await Promise.all(Array.from({ length: 500 }, () => other.send(`${own}/home/command`, 'acknowledge all')));
    await until('the flood to be told', () => notes.some((note) => note.includes('more MQTT commands')));
    await other.send(`${own}/home/command`, 'scan');
    mirror.show(pictureOf({ devices: [mirrored(5)] }));
    await until('a newcomer', async () => (await broker.kept(`${own}/#`)).has(`${own}/home/device/5/state`));
    assert.equal(orders.length, 30);
  });

  test('two of one name turn each other out, and both say so', async (t) => {
    const at = corner();
    const [one, two] = [mirrorOn(t, at), mirrorOn(t, at)];
    one.mirror.show(pictureOf());
    two.mirror.show(pictureOf());
    await until('both to be turned out', () =>
      [one, two].every(({ troubles }) =>
        troubles.some((text) => /another one of our name took our place|it closed the connection/.test(text ?? '')),
      ),
    );
  });
});
