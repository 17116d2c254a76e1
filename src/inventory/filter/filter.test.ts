import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../../test/make/arbitraries.ts';
import { AT, device, HOUR, MINUTE, mac, name, port, service } from '../../../test/make/device.ts';
import { type Device, type DeviceType, orFault, untrusted } from '../../core/index.ts';
import { parseFilter } from './filter.ts';
import { KEYS } from './keys.ts';

const DAY = 24 * HOUR;
const typeOf = (): DeviceType => 'camera';
const fits = (filter: string, one: Device): boolean => orFault(parseFilter(filter)).matches(one, { now: AT, typeOf });
const refusal = (filter: string): string => {
  const parsed = parseFilter(filter);
  return parsed.ok ? 'no refusal' : `${parsed.reason}; ${parsed.remedy}`;
};

const camera = device({
  id: 7,
  at: ['10.0.0.7', 'fe80::7'],
  macs: [{ mac: mac(7), vendor: untrusted('Hikvision Digital') }],
  names: [name('porch-cam', 'mdns')],
  ports: [port(554, 'open', service('rtspd', { name: 'rtsp' })), port(23, 'filtered'), { ...port(53), protocol: 'udp' }],
  os: untrusted('Linux 5.4'),
  firstSeen: AT - 3 * DAY,
  lastSeen: AT - 2 * HOUR,
  presence: 'away',
  groups: ['iot', 'garden'],
  tags: ['old'],
  owner: 'Anna B',
  importance: 'high',
});

test('every key says what it says of a device', () => {
  const yes = [
    'group:iot',
    'tag:OLD',
    'owner:"Anna B"',
    'type:camera',
    'presence:away',
    'importance:high',
    'port:554',
    'port:udp/53',
    'port:500-600',
    'service:rtsp',
    'vendor:hikvision',
    'name:porch',
    'mac:02-00-5E',
    'ip:10.0.0.0/24',
    'ip:fe80::7',
    'new:7d',
    'seen:3h',
    'seen:>1h',
    'os:linux',
    'probe:yes',
    'carried:no',
    'random:yes',
    'id:7',
    'porch',
    '10.0.0',
    mac(7),
    'fe80::7',
    '',
  ];
  const no = [
    'group:io',
    'tag:new',
    'owner:Anna',
    'type:tv',
    'presence:present',
    'importance:low',
    'port:23',
    'port:tcp/53',
    'service:ssh',
    'vendor:apple',
    'mac:00:11',
    'ip:10.0.1.0/24',
    'new:1d',
    'seen:1h',
    'seen:>3h',
    'os:windows',
    'probe:no',
    'carried:yes',
    'random:no',
    'id:8',
    'kitchen',
  ];
  for (const filter of yes) assert.ok(fits(filter, camera), filter);
  for (const filter of no) assert.ok(!fits(filter, camera), filter);
  const named = new Set([...yes, ...no].map((filter) => filter.split(':')[0]));
  assert.deepEqual(
    Object.keys(KEYS).filter((key) => !named.has(key)),
    [],
  );
});

test('words must all hold, a dash turns one round, commas are alternatives', () => {
  assert.ok(fits('group:iot presence:away,unknown -tag:ok vendor:hik new:7d ip:10.0.0.0/24', camera));
  assert.ok(!fits('group:iot -presence:away,unknown', camera));
  assert.ok(fits('-group:office,kitchen', camera));
  assert.ok(fits('type:tv', device({ type: 'tv' })), 'what a person said beats what it is taken for');
});

test('quotes hold spaces, commas, colons and quotes together', () => {
  assert.ok(fits('tag:"a, \\"b\\": c"', device({ tags: ['a, "b": c'] })));
  assert.ok(fits('"porch cam"', device({ alias: 'The porch cam' })));
});

test('a wrong word is named with its column and the nearest key, or with what to write instead', () => {
  assert.equal(refusal('group:iot prot:23'), 'reading filter: "prot:23" at column 11: there is no key "prot"; did you mean "port"?');
  assert.match(refusal('zzzzzz:1'), /use one of group, tag, owner/);
  assert.match(refusal('port:x'), /"port:x" at column 1: it is no port; write a port like 22/);
  assert.match(refusal('presence:gone'), /none of present, away, unknown/);
  assert.match(refusal('a  new:soon'), /"new:soon" at column 4: it is no length of time/);
  assert.match(refusal('ip:example.com'), /it is no address/);
  assert.match(refusal('tag:'), /it says nothing/);
  assert.match(refusal('tag:a,,b'), /it says nothing/);
  assert.match(refusal('tag:"a'), /its quotes are not closed/);
  assert.match(refusal('x'.repeat(5000)), /it is too long/);
  assert.match(refusal('__proto__:1 constructor:2'), /reading filter/);
});

test('whatever is typed is a filter or refused in words, and matching never throws', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('port:', 'new:', '-', '"', ',', ':', ' ', '\\', 'ip:', '10.0.0.0/8', 'seen:>', '__proto__:'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), anyDevice, (pieces, one) => {
      const parsed = parseFilter(pieces.join(''));
      if (parsed.ok) assert.equal(typeof parsed.value.matches(one, { now: AT, typeOf }), 'boolean');
      else assert.match(parsed.reason, /^reading filter: .* at column \d+: /s);
    }),
    { numRuns: 2000 },
  );
});

test('ten thousand devices are sorted out in no time', () => {
  const many = Array.from({ length: 10_000 }, (_, id) => ({ ...camera, id, lastSeen: AT - id * MINUTE }));
  const { matches } = orFault(parseFilter('group:iot presence:away port:554 vendor:hik ip:10.0.0.0/24 -tag:ok seen:>1h'));
  const began = performance.now();
  assert.equal(many.filter((one) => matches(one, { now: AT, typeOf })).length, 9939);
  assert.ok(performance.now() - began < 500);
});
