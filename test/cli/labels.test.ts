import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupJson, PersonJson } from '../../src/contract/index.ts';
import { rollcall } from './fake-world.ts';
import { device } from './make.ts';

const AT = '2026-11-21T11:59:00.000Z';
const phone = { id: 7, name: 'phone', presence: 'present', lastSeen: AT, counts: true } as const;
const laptop = { id: 8, name: null, presence: 'away', lastSeen: AT, counts: false } as const;
const anna: PersonJson = { name: 'Anna', is: 'home', since: '2026-11-21T08:30:00.000Z', lastSeen: AT, devices: [phone, laptop] };
const bo: PersonJson = { name: 'Bo', is: 'unknown', since: null, lastSeen: AT, devices: [] };
const kids: GroupJson = { name: 'kids', is: 'home', present: 1, lastSeen: AT, devices: [phone, laptop] };

const edited = { 'devices.editMany': () => [device({ name: 'phone' }), device({ id: 8, name: null })] };

test('every label has its option, and each says what it sets and what it takes away', async () => {
  const cases: [string[], object][] = [
    [['--name', 'x'], { name: 'x' }],
    [['--name', ''], { name: null }],
    [['--type', 'phone'], { type: 'phone' }],
    [['--type', 'none'], { type: null }],
    [['--owner', 'Anna B'], { owner: 'Anna B' }],
    [['--owner', ''], { owner: null }],
    [['--carried', 'yes'], { carried: true }],
    [['--carried', 'auto'], { carried: null }],
    [['--group', 'a', '--group', 'b', '--ungroup', 'c'], { groups: { add: ['a', 'b'], drop: ['c'] } }],
    [['--untag', 'ok'], { tags: { drop: ['ok'] } }],
    [['--note', 'by the door', '--importance', 'high'], { note: 'by the door', importance: 'high' }],
    [['--window', 'usual', '--probe', 'no'], { window: null, probed: false }],
  ];
  for (const [options, edit] of cases) {
    const { code, calls } = await rollcall(['device', 'set', 'phone', '8', ...options], { answers: edited });
    assert.equal(code, 0);
    assert.deepEqual(calls, [{ operation: 'devices.editMany', input: { devices: ['phone', '8'], edit, dryRun: false } }]);
  }
});

test('devices are set by a filter, and a dry run says which it would be and what would change', async () => {
  const answers = {
    'devices.list': () => [device({ name: 'phone', tags: ['new'] }), device({ id: 8, name: null, tags: ['ok'] })],
    'devices.editMany': () => [device({ name: 'phone', tags: ['new', 'ok'], probed: false }), device({ id: 8, name: null, tags: ['ok'] })],
  };
  const { out, err, calls } = await rollcall(['device', 'set', '--filter', '-tag:ok', '--tag', 'ok', '--dry-run'], { answers });
  assert.deepEqual(calls.at(-1)?.input, { filter: '-tag:ok', edit: { tags: { add: ['ok'] } }, dryRun: true });
  assert.deepEqual([out, err], ['phone (#7)  tags +ok; probe yes -> no\n#8  as it is already\n', 'would set 2 devices\n']);
  const ran = await rollcall(['device', 'set', '7', '--tag', 'ok', '--json'], { answers: edited });
  assert.deepEqual(ran.json(), edited['devices.editMany']());
});

test('what is not clear is refused before anybody is asked', async () => {
  const refused: [string[], RegExp][] = [
    [['device', 'set', 'phone'], /nothing to set/],
    [['device', 'set', '--type', 'camera'], /device set of no device\n  remedy: name some, or give --filter/],
    [['device', 'set', 'phone', '--filter', 'x', '--tag', 'ok'], /devices beside a filter/],
    [['device', 'set', '--tag', 'ok', '--type', 'fone', 'x'], /argument "fone" is invalid/],
    [
      ['device', 'set', '--filter', 'owner:Anna B', '--tag', 'ok'],
      /reading --filter "owner:Anna B": "B" may belong to "owner:Anna" or stand alone\n {2}remedy: write 'owner:"Anna B"' if it/,
    ],
    [['timeline', '--filter', 'owner:Anna B'], /"B" may belong to "owner:Anna"/],
    [['device'], /which device is not clear/],
    [['device', 'a', 'b'], /which device is not clear/],
    [['device', 'a', '--filter', 'x'], /for "device set"/],
    [['person', 'give', 'Anna'], /person "give Anna" is not what it takes\n  remedy: write give PERSON DEVICE/],
    [
      ['person', 'give', 'Anna', '7', '--into'],
      /person "give Anna 7 --into" is not what it takes\n {2}remedy: write rename PERSON NAME --into/,
    ],
    [['group', 'rename', 'a'], /group "rename a" is not what it takes/],
  ];
  for (const [argv, message] of refused) {
    const { code, err, calls } = await rollcall(argv);
    assert.deepEqual([code, calls], [2, []]);
    assert.match(err, message);
  }
});

test('a device called "set" can still be shown', async () => {
  const history = { device: device(), spans: [], changes: [] };
  const { calls } = await rollcall(['device', 'set'], { answers: { 'devices.get': () => history } });
  assert.deepEqual(calls, [{ operation: 'devices.get', input: { reference: 'set' } }]);
});

test('labels are shown with the device, and a guess says why', async () => {
  const shown = device({
    type: 'printer',
    typeGuess: { type: 'printer', confidence: 0.6, reason: 'port 631/tcp is open' },
    typeBy: 'guess',
    owner: 'Anna',
    carried: false,
    groups: ['iot', 'office'],
    note: 'by the\ndoor',
    importance: 'high',
    probed: false,
  });
  const { out } = await rollcall(['device', '7'], { answers: { 'devices.get': () => ({ device: shown, spans: [], changes: [] }) } });
  for (const line of [
    '  type        printer (60 %: port 631/tcp is open)',
    '  owner       Anna',
    '  carried     no',
    '  groups      iot, office',
    '  importance  high',
    '  probe       no, it is only listened to',
    '  note        by the door',
  ])
    assert.ok(out.split('\n').includes(line), `${line} is not in\n${out}`);
});

test('people are listed with whether they are home and since when, and devices that do not decide it in brackets', async () => {
  const { code, out, err } = await rollcall(['person'], { answers: { 'people.list': () => [anna, bo] } });
  assert.equal(code, 0);
  assert.deepEqual(out.split('\n'), [
    'PERSON  IS       SINCE                FOR     LAST SEEN            DEVICES',
    'Anna    home     2026-11-21 08:30:00  3h 30m  2026-11-21 11:59:00  phone (#7), [#8]',
    'Bo      unknown  -                    -       2026-11-21 11:59:00  ',
    '',
  ]);
  assert.equal(err, '2 people, 1 home\n');
  assert.deepEqual((await rollcall(['person', '--json'], { answers: { 'people.list': () => [anna] } })).json(), [anna]);
});

test('of many devices of one person only some are named', async () => {
  const devices = Array.from({ length: 30 }, (_, i) => ({ ...phone, id: i + 1 }));
  const { out } = await rollcall(['person'], { answers: { 'people.list': () => [{ ...anna, devices }] } });
  assert.match(out, /phone \(#8\) and 22 more$/m);
});

test('people get devices, lose them and are renamed; groups too', async () => {
  const cases: [string[], string, object][] = [
    [['person', 'give', 'Anna', 'phone', '8'], 'people.give', { person: 'Anna', devices: ['phone', '8'] }],
    [['person', 'take', 'phone'], 'people.take', { devices: ['phone'] }],
    [['person', 'rename', 'Anna', 'Anna B'], 'people.rename', { person: 'Anna', name: 'Anna B' }],
    [['person', 'rename', 'Anna', 'Carl', '--into'], 'people.rename', { person: 'Anna', name: 'Carl', into: true }],
    [['group', 'rename', 'a', 'IoT', '--into'], 'groups.rename', { group: 'a', name: 'IoT', into: true }],
    [['group', 'add', 'kids', '7', '8'], 'groups.add', { group: 'kids', devices: ['7', '8'] }],
    [['group', 'remove', 'kids', '7'], 'groups.remove', { group: 'kids', devices: ['7'] }],
    [['group', 'rename', 'kids', 'Kinder'], 'groups.rename', { group: 'kids', name: 'Kinder' }],
  ];
  for (const [argv, operation, input] of cases) {
    const { code, calls } = await rollcall(argv, { answers: { [operation]: () => [] } });
    assert.equal(code, 0);
    assert.deepEqual(calls, [{ operation, input }]);
  }
});

test('groups are listed with how many of each are here', async () => {
  const { out, err } = await rollcall(['group'], { answers: { 'groups.list': () => [kids] } });
  assert.equal(out, 'GROUP  PRESENT  LAST SEEN            DEVICES\nkids   1 of 2   2026-11-21 11:59:00  phone (#7), #8\n');
  assert.equal(err, '1 group\n');
});

test('S5, S6: a hostile name of a person can neither steer the terminal nor hide', async () => {
  const answers = { 'people.list': () => [{ ...anna, name: '\u001b[2J\u202egnp\nroot' }] };
  const { out } = await rollcall(['person'], { answers, tty: true, env: { NO_COLOR: '1' } });
  assert.doesNotMatch(out, /[\u001b\u202e]/);
  assert.equal(out.trimEnd().split('\n').length, 2);
});
