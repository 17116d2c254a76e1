import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, MINUTE, mac, name, port, service } from '../../../test/make/device.ts';
import { type Device, untrusted } from '../../core/index.ts';
import { matches } from './filter.ts';
import { parseFilter } from './parse-filter.ts';

const DAY = 24 * HOUR;

const phone = device({
  id: 7,
  alias: 'Annas Phone',
  owner: 'Anna B',
  groups: ['guests', 'kids'],
  tags: ['ok'],
  type: 'phone',
  at: ['10.0.0.7', 'fd00::7'],
  macs: [{ mac: mac(7), vendor: untrusted('Apple, Inc.') }],
  names: [name('iphone-7')],
  firstSeen: AT - 3 * DAY,
  lastSeen: AT - MINUTE,
  os: untrusted('iOS 17'),
  clues: [
    { kind: 'mdns.model', value: untrusted('iPhone14,2') },
    { kind: 'mdns.service', value: untrusted('_nginx._tcp') },
  ],
});
const camera = device({
  id: 8,
  at: ['10.0.1.8'],
  presence: 'away',
  groups: ['iot'],
  macs: [{ mac: '00:11:22:33:44:55', vendor: untrusted('Reolink') }],
  ports: [
    port(23),
    port(443, 'open', service('nginx')),
    port(80, 'filtered', service('Boa')),
    { protocol: 'udp', port: 53, state: 'open', service: null },
  ],
  firstSeen: AT - 30 * DAY,
  lastSeen: AT - 3 * HOUR,
  importance: 'high',
  carried: true,
  probed: false,
});
const bare = device({ id: 9, at: ['10.0.1.9'], presence: 'unknown', firstSeen: AT, lastSeen: AT });
const ALL = [phone, camera, bare];

function fitting(text: string, devices: readonly Device[] = ALL): number[] {
  const filter = parseFilter(text);
  assert.ok(filter.ok, filter.ok ? '' : filter.reason);
  const asked = { now: AT, typeOf: (one: Device) => one.labels.type ?? (one.id === 8 ? ('camera' as const) : null) };
  return devices.filter((one) => matches(filter.value, one, asked)).map(({ id }) => id);
}

const CASES: readonly [string, readonly number[]][] = [
  ['', [7, 8, 9]],
  ['group:iot', [8]],
  ['group:IOT', [8]],
  ['group:io', []],
  ['group:*', [7, 8]],
  ['-group:*', [9]],
  ['tag:ok', [7]],
  ['-tag:ok', [8, 9]],
  ['owner:"anna b"', [7]],
  ['-owner:*', [8, 9]],
  ['type:phone,camera', [7, 8]],
  ['-type:*', [9]],
  ['carried:yes', [7, 8]],
  ['carried:NO', [9]],
  ['-carried:yes', [9]],
  ['presence:away,unknown', [8, 9]],
  ['presence:away,unknown -group:iot', [9]],
  ['port:23', [8]],
  ['port:udp/53', [8]],
  ['port:tcp/53', []],
  ['port:1-1024', [8]],
  ['port:80', []],
  ['service:NGINX', [8]],
  ['product:NGINX', [8]],
  ['product:iphone14', [7]],
  ['product:http', []],
  ['product:boa', []],
  ['-product:*', [9]],
  ['vendor:apple', [7]],
  ['vendor:"apple, inc"', [7]],
  ['name:phone', [7]],
  ['mac:02:00:5e', [7]],
  ['mac:001122', [8]],
  ['MAC:00-11', [8]],
  ['ip:10.0.1.0/24', [8, 9]],
  ['ip:10.0.0.1-10.0.0.20', [7]],
  ['ip:fd00::/64,10.0.1.9', [7, 9]],
  ['new:7d', [7, 9]],
  ['new:>7d', [8]],
  ['seen:2h', [7, 9]],
  ['seen:>1h', [8]],
  ['importance:high', [8]],
  ['probe:no', [8]],
  ['random:yes', [7]],
  ['-random:yes', [8, 9]],
  ['os:ios', [7]],
  ['id:8,9', [8, 9]],
  ['iphone', [7]],
  ['annas', [7]],
  ['reolink', [8]],
  ['10.0.1', [8, 9]],
  ['00:11:22', [8]],
  ['fd00::7', [7]],
  ['"annas phone"', [7]],
  ['-reolink presence:present,away', [7]],
  ['phone vendor:apple new:7d ip:10.0.0.0/24 -tag:bad', [7]],
];

test('each key chooses the devices it speaks of', () => {
  for (const [text, ids] of CASES) assert.deepEqual(fitting(text), ids, text);
});

test('a bad word is named with its column, underlined, and led to what was probably meant', () => {
  const faults: readonly [string, RegExp, RegExp][] = [
    [
      'tag:ok gruop:iot',
      /^reading filter: "gruop:iot" at column 8: there is no such key\ntag:ok gruop:iot\n {7}\^{9}$/,
      /^did you mean group:\?$/,
    ],
    ['zzzzzzz:1', /no such key/, /^the keys are group, tag, owner/],
    ['presence:awya', /at column 1: there is no such value/, /^did you mean away\?$/],
    ['type:spaceship', /no such value/, /^write one of phone, tablet/],
    ['-type:phnoe', /"-type:phnoe" at column 1/, /^did you mean phone\?$/],
    ['port:70000', /it is no port/, /1-1024/],
    ['ip:10.0.0.0/33', /it is no address, block or range/, /prefix/],
    ['ip:printer', /it is no address, block or range/, /10\.0\.0\.0\/24/],
    ['new:7', /it is no length of time/, /7d/],
    ['mac:xx', /no beginning of a MAC/, /02:00:5e/],
    ['carried:auto', /neither yes nor no/, /yes or no/],
    ['probe:maybe', /neither yes nor no/, /yes or no/],
    ['id:x', /it is no number/, /rollcall devices/],
    ['group:', /a value is missing/, /group:iot/],
    ['group:a,,b', /a value is missing/, /group:iot/],
    ['a -', /at column 3: nothing follows the dash/, /group:iot/],
    ['a owner:"Anna B', /"owner:"?.*quote is not closed/, /close it/],
    ['reolink (tag:ok', /"\(tag:ok" at column 9: there are no brackets/, /commas mean or/],
    ['-(group:iot tag:ok)', /"-\(group:iot" at column 1: there are no brackets/, /side by side must all fit/],
    ['--tag:ok', /"--tag:ok" at column 1: it begins with two dashes/, /one dash means/],
    ['!tag:ok', /there is no "!"/, /-tag:ok/],
    ['group:iot OR tag:ok', /"OR" at column 11: words are not joined by words/, /commas mean or/],
    ['NOT tag:ok', /"NOT" at column 1/, /a dash means not/],
    ['group=kids', /a key ends with a colon/, /group:iot/],
    ['-new>1h', /a key ends with a colon/, /new:>1h/],
    ['owner_x:foo', /what is before its colon is no key/, /quote a word/],
    ['gr\u001b[31mp:x', /what is before its colon is no key/, /quote a word/],
    ['x'.repeat(1001), /longer than 1000/, /shorter/],
  ];
  for (const [text, reason, remedy] of faults) {
    const read = parseFilter(text);
    assert.ok(!read.ok, text);
    assert.match(read.reason, reason);
    assert.match(read.remedy, remedy);
  }
});

test('S5: the mark stays under the bad word, whatever moves the cursor before it', () => {
  const read = parseFilter('\u001b[2J\u202e\u{1f600} gruop:iot');
  assert.ok(!read.ok);
  const [said = '', shown = '', mark = ''] = read.reason.split('\n');
  assert.match(said, /at column 8/);
  assert.doesNotMatch(read.reason, /[\u001b\u202e]/);
  assert.equal([...shown].slice(mark.indexOf('^')).join(''), 'gruop:iot');
});
