import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERY_KIND, kindOf, port, who } from '../../../test/make/comparison.ts';
import { type DeviceDifferences, DIFFERENCE_KINDS, type Difference } from '../../core/index.ts';
import { blockOf, labelOf } from './block.ts';
import { plain, type Row } from './words.ts';

process.env['TZ'] = 'UTC';

const block = (differences: readonly Difference[], over: Partial<DeviceDifferences> = {}) =>
  blockOf({ device: who(), pairedBy: 'mac', differences, unknown: [], ...over });

const sentence = ({ mark, subject, words, lines }: Row): string =>
  [`${mark} ${plain([subject])}: ${plain(words)}`, ...lines.map((line) => `${line.mark} ${line.text}`)].join(' | ');

const sentences = (...differences: readonly Difference[]): string[] => block(differences).rows.map(sentence);

test('every kind of difference has its words', () => {
  assert.deepEqual([...new Set(EVERY_KIND.map(({ kind }) => kind))].sort(), [...DIFFERENCE_KINDS].sort());
  assert.deepEqual(sentences(...EVERY_KIND), [
    '+ 22/tcp: open  ssh OpenSSH 9.2',
    '+ 80/tcp: open',
    '- last seen: 2026-11-16 03:00:05',
    '~ address: 10.0.0.5 -> 10.0.0.6, 10.0.0.7',
    '~ MAC: 00:00:5e:00:53:01 -> 00:00:5e:00:53:02',
    '~ name: none -> nas',
    '~ system: Linux 4 -> Linux 5',
    '+ 22/tcp: opened  ssh OpenSSH 9.2',
    '- 23/tcp: closed  telnet',
    '- 25/tcp: no longer answers: filtered',
    '~ 443/tcp: ssl/http nginx 1.22 -> ssl/http nginx 1.24',
    '! 22/tcp: shows another SSH host key: ed25519 SHA256:new, was ed25519 SHA256:old',
    '~ 443/tcp: renewed its certificate: CN=a',
    '~ 443/tcp: ssl-cert | - Not valid after: 2026-12-01 | + Not valid after: 2027-12-01',
  ]);
});

test('a device is marked by what became of it as a whole', () => {
  const standing = (...kinds: Difference['kind'][]): string[] => {
    const { mark, verdict } = block(kinds.map(kindOf));
    return [mark, verdict];
  };
  assert.deepEqual(standing('device.appeared'), ['+', 'new']);
  assert.deepEqual(standing('port.opened', 'device.left'), ['-', 'gone']);
  assert.deepEqual(standing('device.returned', 'port.opened'), ['+', 'back']);
  assert.deepEqual(standing('port.opened', 'port.closed'), ['~', '']);
  assert.deepEqual(standing(), ['?', '']);
});

test('what one side did not ask is told of that side', () => {
  const unknown = [
    { what: 'ports', side: 'a', text: 'tcp ports 22,80 were not asked' },
    { what: 'device', side: 'b', text: '10.0.0.5 was not asked' },
  ] as const;
  assert.deepEqual(block([], { unknown }).rows.map(sentence), [
    '? : in A tcp ports 22,80 were not asked',
    '? : in B 10.0.0.5 was not asked',
  ]);
});

test('a tarpit that appears is told by its first ports and their number', () => {
  const ports = Array.from({ length: 100 }, (_, i) => port({ port: i + 1, service: null }));
  const rows = sentences({ kind: 'device.appeared', before: null, after: { openPorts: 65_536, ports } });
  assert.equal(rows.length, 21);
  assert.deepEqual(rows.slice(-2), ['+ 20/tcp: open', '+ : and 65516 more open ports']);
});

test('a port that opened from anything but closed says from what', () => {
  const before = port({ state: 'filtered', service: null });
  assert.deepEqual(sentences({ kind: 'port.opened', before, after: port() }), ['+ 22/tcp: opened, was filtered  ssh OpenSSH 9.2']);
});

test('services that differ only in their remarks do not look alike', () => {
  const service = (extra: string) => ({ name: 'ssh', product: 'OpenSSH', version: '9.2', extra, tunnel: '' });
  const change: Difference = {
    kind: 'service.changed',
    before: port({ service: service('Debian') }),
    after: port({ service: service('') }),
  };
  assert.deepEqual(sentences(change), ['~ 22/tcp: ssh OpenSSH 9.2 (Debian) -> ssh OpenSSH 9.2']);
});

test('a script about the whole host, or on one side only, says so', () => {
  const side = { port: null, id: 'nbstat', output: 'NAS' };
  assert.deepEqual(sentences({ kind: 'script.changed', before: null, after: side }), ['+ script: nbstat | + NAS']);
  assert.deepEqual(sentences({ kind: 'script.changed', before: side, after: null }), ['- script: nbstat | - NAS']);
});

test('a side that lacks what its kind usually holds is told as far as it goes', () => {
  for (const kind of DIFFERENCE_KINDS) assert.doesNotThrow(() => block([{ kind, before: null, after: null }]), kind);
  assert.deepEqual(sentences({ kind: 'device.left', before: { lastSeen: null }, after: null }), []);
});

test('a device is called by all that is known, and lists that are long are cut', () => {
  const label = (over: Parameters<typeof who>[0]): string => plain(labelOf(who(over)));
  assert.equal(label({}), '10.0.0.5 printer (00:00:5e:00:53:01, ACME)');
  assert.equal(label({ name: null, vendor: null, macs: [] }), '10.0.0.5');
  assert.equal(label({ addresses: [], name: null }), '00:00:5e:00:53:01 ACME');
  assert.equal(label({ id: 7, addresses: [], name: null, macs: [], vendor: null }), 'device #7');
  assert.equal(label({ addresses: [], name: null, macs: [], vendor: null }), 'a device without address and name');
  assert.equal(label({ addresses: ['1', '2', '3', '4', '5', '6'], macs: [], vendor: null }), '1 2 3 4 +2 printer');
});
