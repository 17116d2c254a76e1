import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mirrored, openIncident, party, pictureOf } from '../../../test/make/picture.ts';
import { type Picture, untrusted } from '../../core/index.ts';
import { type PageChange, Pages } from './pages.ts';
import { topicsOf } from './topics.ts';

const topics = topicsOf({ topic: 'rollcall', site: 'home', discovery: 'homeassistant' });
const ground = { topics, site: 'home', version: '1.2.3' };

/** What a picture changes. */
function taken(pages: Pages, picture: Picture): readonly PageChange[] {
  const taking = pages.take(picture);
  for (;;) {
    const { done, value } = taking.next();
    if (done) return value;
  }
}

/** What Home Assistant documents of each entity that MQTT can make; `?` is optional. */
const EVERY = 'name? unique_id? availability? availability_mode? qos? device? origin? json_attributes_topic? entity_category? icon?';
const DOCUMENTED: Readonly<Record<string, string>> = {
  device_tracker: `${EVERY} state_topic? source_type? payload_home? payload_not_home? payload_reset?`,
  binary_sensor: `${EVERY} state_topic device_class? payload_on? payload_off?`,
  sensor: `${EVERY} state_topic state_class? unit_of_measurement? device_class?`,
  event: `${EVERY} state_topic event_types device_class?`,
  button: `${EVERY} command_topic payload_press? device_class? retain?`,
};
const DEVICE = 'identifiers connections manufacturer model name sw_version via_device'.split(' ');
const CATEGORIES = new Set([undefined, 'config', 'diagnostic']);

/** Faults of a configuration, as Home Assistant would find them. */
function faultsOf(topic: string, payload: string): string[] {
  const [, component = '', node, object, last, ...more] = topic.split('/');
  const config = JSON.parse(payload) as Record<string, any>;
  const documented = new Map((DOCUMENTED[component] ?? '').split(' ').map((key) => [key.replace('?', ''), key.endsWith('?')]));
  const topicsIn = Object.entries(config).filter(([key]) => key.endsWith('_topic'));
  const checks: Readonly<Record<string, boolean>> = {
    [`unknown component ${component}`]: component in DOCUMENTED,
    [`odd topic ${topic}`]: last === 'config' && more.length === 0 && [node, object].every((id) => /^[a-zA-Z0-9_-]+$/.test(id ?? '')),
    'undocumented keys': Object.keys(config).every((key) => documented.has(key)),
    'missing keys': [...documented].every(([key, optional]) => optional || key in config),
    'no unique_id': config['unique_id'] === `rollcall_home_${object}`,
    'odd name': config['name'] === null || (typeof config['name'] === 'string' && config['name'] !== ''),
    'undocumented keys of the device': Object.keys(config['device']).every((key) => DEVICE.includes(key)),
    'no identifiers': config['device'].identifiers?.length > 0,
    'odd connections': (config['device'].connections ?? []).every((one: unknown) => Array.isArray(one) && one.length === 2),
    'odd origin': typeof config['origin'].name === 'string',
    'odd category': CATEGORIES.has(config['entity_category']),
    'odd availability': config['availability'].every(({ topic: at }: { topic: string }) => at.startsWith('rollcall/home/')),
    'topics that are none': topicsIn.every(([, at]) => /^rollcall\/home(?:\/[a-z0-9_]+)+$/.test(at as string)),
    'the device of itself': config['device'].via_device !== config['device'].identifiers[0],
  };
  return Object.entries(checks).flatMap(([fault, good]) => (good ? [] : [`${topic}: ${fault}`]));
}

test('every entity is one that Home Assistant documents, with keys that it documents', () => {
  const picture = pictureOf({
    devices: [mirrored(1), mirrored(2, { macs: [], vendor: null, type: null, name: null, hostname: null, address: null })],
  });
  const pages = taken(new Pages(ground), picture).filter(({ topic }) => topic.endsWith('/config'));
  assert.deepEqual(
    pages.flatMap(({ topic, payload }) => faultsOf(topic, payload ?? '')),
    [],
  );
  const kinds = Object.groupBy(pages, ({ topic }) => topic.split('/')[1] as string);
  assert.deepEqual(
    Object.entries(kinds).map(([kind, all]) => `${kind} ${all?.length}`),
    ['binary_sensor 2', 'event 1', 'button 2', 'sensor 6', 'device_tracker 3'],
  );
});

test('a tracker says in both ways where it is, and nothing where nobody knows', () => {
  const said = (presence: 'present' | 'away' | 'unknown'): unknown[] => {
    const pages = new Map(
      taken(new Pages(ground), pictureOf({ devices: [mirrored(1, { presence })] })).map(({ topic, payload }) => [topic, payload]),
    );
    return [pages.get('rollcall/home/device/1/state'), JSON.parse(pages.get('rollcall/home/device/1/attributes') ?? '').in_zones];
  };
  assert.deepEqual(said('present'), ['home', ['zone.home']]);
  assert.deepEqual(said('away'), ['not_home', []]);
  assert.deepEqual(said('unknown'), ['None', undefined]);
});

test('without discovery there are only our own topics', () => {
  const pages = taken(new Pages({ ...ground, topics: { ...topics, discovery: null } }), pictureOf());
  assert.ok(pages.length > 10);
  assert.ok(pages.every(({ topic }) => topic.startsWith('rollcall/home/')));
});

test('what is the same is not told again, what is gone is told as nothing', () => {
  const pages = new Pages(ground);
  const first = pictureOf({ incidents: [openIncident(1)] });
  assert.ok(taken(pages, first).length > 0);
  assert.deepEqual(taken(pages, first), []);
  assert.deepEqual(taken(pages, structuredClone(first)), []);
  const gone = taken(pages, { ...first, groups: [], incidents: [] });
  assert.deepEqual(
    gone.map(({ topic, payload }) => `${topic} ${payload === null ? 'nothing' : payload}`),
    [
      'rollcall/home/count/incidents/attributes {"newest":[]}',
      'homeassistant/binary_sensor/rollcall_home/group_family/config nothing',
      'rollcall/home/group/family/attributes nothing',
      'rollcall/home/group/family/state nothing',
      'rollcall/home/incident/1 nothing',
    ],
  );
});

test('S5, S22: whatever the network or people call things, topics stay ours, payloads stay JSON of a few thousand letters', () => {
  const hostile = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(
        '+',
        '#',
        '/#',
        '$SYS/broker',
        '{{ states() }}',
        '"}\n{"',
        '\u0000',
        '\u202e',
        'x'.repeat(5000),
        '../..',
        '~',
        'None',
        '',
      ),
    )
    .map((text) => untrusted(text));
  const hostileDevice = fc.record({
    name: hostile,
    hostname: hostile,
    vendor: hostile,
    owner: hostile,
    groups: fc.array(hostile, { maxLength: 60 }),
  });
  fc.assert(
    fc.property(fc.array(hostileDevice, { maxLength: 5 }), fc.uniqueArray(hostile, { maxLength: 8 }), (devices, names) => {
      const picture = pictureOf({
        devices: devices.map((device, i) => mirrored(i + 1, device)),
        people: names.map((one) => party(one)),
        groups: names.map((one) => party(one)),
        incidents: names.map((title, i) => openIncident(i + 1, { title, rule: title })),
        daemon: { startedAt: 0, targets: [], troubles: names },
      });
      const pages = taken(new Pages(ground), picture);
      assert.equal(new Set(pages.map(({ topic }) => topic)).size, pages.length);
      for (const { topic, payload } of pages) {
        assert.match(topic, /^(?:rollcall\/home|homeassistant\/[a-z_]+\/rollcall_home)(?:\/[a-z0-9_]+)+$/);
        assert.ok((payload ?? '').length <= 6000, `${topic} has ${payload?.length}`);
        if (topic.endsWith('config')) assert.deepEqual(faultsOf(topic, payload ?? ''), []);
        if (topic.endsWith('attributes')) assert.equal(typeof JSON.parse(payload ?? ''), 'object');
      }
    }),
    { numRuns: 200 },
  );
});
