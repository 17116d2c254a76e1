import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE, mac, name, seen } from '../../test/make/device.ts';
import { rules, Story } from '../../test/make/story.ts';
import { deviceName, type HostName, NO_COVERAGE, untrusted } from '../core/index.ts';
import { foldDevice, unseenDevice } from './fold-device.ts';

const lan = covering(['10.0.0.0/24']);
const named = (...names: HostName[]) => seen('10.0.0.1', null, { names });
const namesOf = (story: Story): string =>
  story
    .device(1)
    .names.map((one) => `${one.source}:${one.name}`)
    .join(' ');

test('a sighting makes a device present and moves its last seen, and changes nothing it did not say', () => {
  const before = device({
    macs: [{ mac: mac(1), vendor: untrusted('Acme') }],
    names: [name('a')],
    os: untrusted('Linux'),
    alias: 'mine',
    window: 5,
  });
  const after = foldDevice(before, [seen('10.0.0.1')], { coverage: lan, rules: rules({ at: AT + MINUTE }) });
  assert.deepEqual(after, { ...before, lastSeen: AT + MINUTE, addresses: [{ address: '10.0.0.1', seenAt: AT + MINUTE }] });
  for (const list of ['macs', 'names', 'ports', 'asked'] as const) assert.equal(after[list], before[list], `${list} keeps its identity`);
});

test('a new device is first and last seen when the scan ended', () => {
  const after = foldDevice(unseenDevice(4, 'home', AT), [seen('10.0.0.1', 4)], { coverage: NO_COVERAGE, rules: rules() });
  assert.deepEqual(after, device({ id: 4, macs: [{ mac: mac(4), vendor: null }] }));
});

test('a device that moved has its new address, and only that, as soon as a scan covered the old one', () => {
  const story = new Story(device({ macs: [{ mac: mac(1), vendor: null }] }));
  assert.deepEqual(story.at(1, [seen('10.0.0.9', 1)]), ['device.readdressed 1']);
  assert.equal(story.places(1), '10.0.0.9');
  assert.deepEqual(story.at(2, [seen('10.0.1.5', 1)], { covers: covering(['10.0.1.0/24']) }), ['device.readdressed 1']);
  assert.equal(story.places(1), '10.0.0.9 10.0.1.5', 'nobody looked whether it is still at the old one');
  assert.deepEqual(story.at(3, [seen('10.0.1.5', 1)], { covers: covering(['10.0.1.0/24']) }), []);
});

test('a second address that does not answer is kept until the window has passed', () => {
  const story = new Story(device({ at: ['10.0.0.1', '10.0.0.2'], macs: [{ mac: mac(1), vendor: null }] }));
  for (let minute = 1; minute < 45; minute++) assert.deepEqual(story.at(minute, [seen('10.0.0.1', 1)]), [], `minute ${minute}`);
  assert.deepEqual(story.at(45, [seen('10.0.0.1', 1)]), ['device.readdressed 1']);
  assert.equal(story.places(1), '10.0.0.1');
});

test('a second address where nobody looks is kept for ever', () => {
  const story = new Story(device({ at: ['10.0.0.1', 'fd00::1'], macs: [{ mac: mac(1), vendor: null }] }));
  for (let hour = 1; hour < 100; hour++) assert.deepEqual(story.at(hour * 60, [seen('10.0.0.1', 1)], { stale: 1000 * HOUR }), []);
  assert.equal(story.places(1), '10.0.0.1 fd00::1');
});

test('addresses of both families have one order, though their numbers are alike', () => {
  const story = new Story();
  story.at(0, [seen('::a00:1', 1), seen('10.0.0.1', 1), seen('10.0.0.10', 1), seen('10.0.0.9', 1)]);
  assert.equal(story.places(1), '10.0.0.1 10.0.0.9 10.0.0.10 ::a00:1');
  assert.deepEqual(story.scan(1, [seen('10.0.0.9', 1), seen('10.0.0.10', 1), seen('10.0.0.1', 1), seen('::a00:1', 1)]).touched, []);
});

test('a vendor is learned when somebody knows it, and not forgotten when nobody does', () => {
  const story = new Story();
  const by = (vendor: string | null) => story.scan(1, [seen('10.0.0.1', 1, { vendor: vendor === null ? null : untrusted(vendor) })]);
  by('');
  assert.equal(story.device(1).macs[0]?.vendor, null, 'an empty name is none');
  assert.equal(by('null').touched.length, 1);
  assert.equal(story.device(1).macs[0]?.vendor, 'null', 'a maker may have any name');
  assert.equal(by(null).touched.length, 0);
  assert.equal(by('Other').touched.length, 0, 'the first maker stays');
});

test('a name nobody answered for stays; an answer without it takes it away', () => {
  const story = new Story(device({ names: [name('printer.lan')] }));
  assert.deepEqual(story.at(1, [seen('10.0.0.1')]), []);
  assert.equal(namesOf(story), 'dns:printer.lan');
  assert.deepEqual(story.at(2, [named()]), ['identity.changed 1']);
  assert.equal(namesOf(story), '');
});

test('a name knows its source, since when it is called so by it, and when it was said last', () => {
  const story = new Story(device());
  const known = (): unknown[] =>
    story
      .device(1)
      .names.map(({ since = AT, heardAt = AT, ...rest }) => [rest.source, rest.name, (since - AT) / MINUTE, (heardAt - AT) / MINUTE]);
  story.at(1, [named(name('printer', 'mdns'))]);
  story.at(2, [seen('10.0.0.1')]);
  assert.deepEqual(known(), [['mdns', 'printer', 1, 1]]);
  story.at(3, [named(name('printer', 'mdns'))]);
  story.at(4, [named(name('printer.lan'))]);
  assert.deepEqual(known(), [
    ['mdns', 'printer', 1, 3],
    ['dns', 'printer.lan', 4, 4],
  ]);
  story.at(5, [named(name('printer', 'dhcp'))]);
  assert.deepEqual(known()[0], ['dhcp', 'printer', 5, 5], 'by another source it is known since that said so');
  assert.deepEqual(story.scan(6, [named(name('printer', 'dhcp'))]).touched, [], 'said again is no news');
});

test('names of the user, of DHCP and of mDNS survive any answer of DNS', () => {
  const story = new Story(device({ names: [name('mine', 'user'), name('lease', 'dhcp'), name('bonjour', 'mdns'), name('old.lan')] }));
  story.at(1, [named(name('new.lan'), name('etc', 'hosts'), name('typed', 'scan'))]);
  assert.equal(namesOf(story), 'user:mine dhcp:lease mdns:bonjour dns:new.lan hosts:etc scan:typed');
  story.at(2, [named()]);
  assert.equal(namesOf(story), 'user:mine dhcp:lease mdns:bonjour');
});

test('a server that says "none" takes its name away, whatever others say meanwhile', () => {
  const story = new Story(device({ names: [name('bonjour', 'mdns'), name('old.lan')] }));
  story.at(1, [seen('10.0.0.1', null, { names: [name('bonjour', 'mdns')], namesFrom: ['mdns', 'dns'] })]);
  assert.equal(namesOf(story), 'mdns:bonjour');
});

test('a foreign report that names a host otherwise does not undo what our own resolver said', () => {
  const story = new Story(device({ names: [name('localhost', 'hosts'), name('vm', 'hosts')] }));
  assert.deepEqual(
    story
      .scan(1, [named(name('localhost'))])
      .touched.flatMap(({ after }) => after.names.map((one) => one.name))
      .sort(),
    ['localhost', 'vm'],
  );
});

test('one name from two sources is kept once, from the better one', () => {
  const story = new Story(device({ names: [name('tv', 'dhcp')] }));
  assert.deepEqual(story.scan(1, [named(name('tv'), name('tv', 'scan'))]).touched, []);
  assert.equal(namesOf(story), 'dhcp:tv');
  story.at(2, [named(name('radio', 'scan'), name('radio', 'mdns'))]);
  assert.equal(namesOf(story), 'dhcp:tv mdns:radio');
});

test('the best source gives the name to show', () => {
  const story = new Story(device());
  story.at(1, [named(name('a', 'scan'), name('z', 'dhcp'), name('m'))]);
  assert.equal(deviceName(story.device(1)), 'z');
});

test('S6: a name that was cleaned to nothing is no name', () => {
  const story = new Story(device());
  assert.deepEqual(story.scan(1, [named(name('\u200b\u202e'))]).touched, []);
  assert.equal(deviceName(story.device(1)), null);
});

test('hosts of one device at several addresses are folded together', () => {
  const story = new Story();
  const hosts = [
    seen('10.0.0.1', 1, { names: [name('a')] }),
    seen('10.0.0.2', 1, { names: [name('b')], os: untrusted('Linux') }),
    seen('10.0.0.3', 1),
  ];
  assert.deepEqual(story.at(0, hosts), ['device.appeared 1']);
  assert.deepEqual([story.places(1), namesOf(story), story.device(1).os], ['10.0.0.1 10.0.0.2 10.0.0.3', 'dns:a dns:b', 'Linux']);
});

test('a guess of the operating system stays until a scan makes another', () => {
  const story = new Story(device({ os: untrusted('Linux 5') }));
  story.at(1, [seen('10.0.0.1')]);
  assert.equal(story.device(1).os, 'Linux 5');
  story.at(2, [seen('10.0.0.1', null, { os: untrusted('Linux 6') })]);
  assert.equal(story.device(1).os, 'Linux 6');
});

test('a slow scan does not undo a move that a quicker one saw while it was under way', () => {
  const moved = device({ id: 1, at: ['10.0.0.9'], seenAt: AT + MINUTE, macs: [{ mac: mac(1), vendor: null }] });
  const slow = { coverage: covering(['10.0.0.0/24']), startedAt: AT, rules: rules({ at: AT + 2 * MINUTE }) };
  const after = foldDevice(moved, [seen('10.0.0.5', 1)], slow);
  assert.deepEqual(
    after.addresses.map(({ address }) => address),
    ['10.0.0.9'],
  );
  const later = foldDevice(moved, [seen('10.0.0.5', 1)], { ...slow, startedAt: AT + MINUTE });
  assert.deepEqual(
    later.addresses.map(({ address }) => address),
    ['10.0.0.5'],
  );
});

test('S7: a device that makes up IPv6 addresses without end keeps those seen last, and every IPv4 one', () => {
  let one = device({ at: ['10.0.0.1', '10.0.0.2'], macs: [{ mac: mac(1), vendor: null }] });
  for (let n = 1; n <= 200; n++) {
    const rulesNow = rules({ at: AT + n * MINUTE });
    one = foldDevice(one, [seen(`fd00::${n.toString(16)}`, 1)], { coverage: NO_COVERAGE, rules: rulesNow });
  }
  assert.equal(one.addresses.length, 18);
  assert.deepEqual(one.addresses.at(-1)?.address, 'fd00::c8');
});
