import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTACKS, EVERY_KIND, kindOf, port, who } from '../../../test/make/comparison.ts';
import type { DeviceDifferences, Difference } from '../../core/index.ts';
import { compareHosts, EMPTY_HOST } from '../../ndiff/index.ts';
import { ndiffHosts } from './ndiff-hosts.ts';

const hosts = (differences: readonly Difference[], over: Partial<DeviceDifferences> = {}) =>
  ndiffHosts({ device: who(), pairedBy: 'mac', differences, unknown: [], ...over });

const states = (differences: readonly Difference[], over: Partial<DeviceDifferences> = {}): unknown[] => {
  const { a, b } = hosts(differences, over);
  return [a.state, b.state];
};

test('Ndiff counts something for every kind of difference, in both directions', () => {
  for (const difference of EVERY_KIND) {
    const { a, b } = hosts([difference]);
    assert.ok(compareHosts(a, b, false).cost > 0, difference.kind);
    assert.ok(compareHosts(b, a, false).cost > 0, difference.kind);
  }
});

test('who is not there has no state, who was found away is down', () => {
  assert.deepEqual(states([kindOf('device.appeared')], { pairedBy: null }), [null, 'up']);
  assert.deepEqual(states([kindOf('device.left')], { pairedBy: null }), ['up', null]);
  assert.deepEqual(states([kindOf('device.left')]), ['up', 'down']);
  assert.deepEqual(states([kindOf('device.returned')]), ['down', 'up']);
  assert.deepEqual(states([kindOf('port.opened')]), ['up', 'up']);
  assert.equal(hosts([kindOf('device.appeared')], { pairedBy: null }).a, EMPTY_HOST);
});

test('a host is called by all the device is known by, and by each side where the sides differ', () => {
  const same = hosts([kindOf('port.opened')]);
  assert.deepEqual(same.a.addresses, [
    { type: 'ipv4', text: '10.0.0.5' },
    { type: 'mac', text: '00:00:5E:00:53:01' },
  ]);
  assert.deepEqual([same.a.hostnames, same.a.addresses], [['printer'], same.b.addresses]);
  const moved = hosts([kindOf('device.readdressed'), kindOf('identity.changed')]);
  assert.deepEqual(moved.b.addresses, [
    { type: 'ipv4', text: '10.0.0.6' },
    { type: 'ipv4', text: '10.0.0.7' },
    { type: 'mac', text: '00:00:5E:00:53:02' },
  ]);
  assert.deepEqual([moved.a.hostnames, moved.b.hostnames], [[], ['nas']]);
  assert.equal(hosts([], { device: who({ addresses: ['fd00::5'] }) }).a.addresses[0]?.type, 'ipv6');
});

test('a port carries its state and service of each side, and nothing where none is known', () => {
  const { a, b } = hosts([kindOf('port.opened'), kindOf('service.changed')]);
  assert.deepEqual([...a.ports.keys()], ['22/tcp', '443/tcp']);
  assert.equal(a.ports.get('22/tcp')?.state, 'closed');
  assert.deepEqual(a.ports.get('22/tcp')?.service, { name: null, product: null, version: null, extrainfo: null, tunnel: null });
  assert.deepEqual(b.ports.get('22/tcp')?.service, { name: 'ssh', product: 'OpenSSH', version: '9.2', extrainfo: null, tunnel: null });
  assert.deepEqual(
    [a, b].map((host) => host.ports.get('443/tcp')?.service.version),
    ['1.22', '1.24'],
  );
});

test('a script that only one side printed hangs on a port that both have', () => {
  const side = { port: { protocol: 'tcp', port: 22 }, id: 'ssh-hostkey', output: 'key' };
  const { a, b } = hosts([{ kind: 'script.changed', before: null, after: side }]);
  assert.deepEqual([a.ports.get('22/tcp')?.state, b.ports.get('22/tcp')?.state], ['open', 'open']);
  assert.deepEqual([a.ports.get('22/tcp')?.scripts, b.ports.get('22/tcp')?.scripts], [[], [{ id: 'ssh-hostkey', output: 'key' }]]);
  assert.equal(compareHosts(a, b, false).cost, 1);
});

test('what else is told of the port of a script is kept', () => {
  const service = { name: 'http', product: 'nginx', version: '1', extra: '', tunnel: '' };
  const script = { port: { protocol: 'tcp', port: 443 }, id: 'ssl-cert', output: 'x' };
  const { b } = hosts([
    { kind: 'service.changed', before: port({ port: 443 }), after: port({ port: 443, service }) },
    { kind: 'script.changed', before: null, after: script },
  ]);
  assert.deepEqual([b.ports.size, b.ports.get('443/tcp')?.service.product, b.ports.get('443/tcp')?.scripts.length], [1, 'nginx', 1]);
});

test('scripts of the host are sorted as Ndiff sorts them', () => {
  const script = (id: string): Difference => ({ kind: 'script.changed', before: null, after: { port: null, id, output: id } });
  assert.deepEqual(
    hosts([script('smb'), script('nbstat')]).b.scripts.map(({ id }) => id),
    ['nbstat', 'smb'],
  );
});

test('S5: foreign text is harmless before Ndiff prints it as it is', () => {
  const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069]/;
  for (const attack of ATTACKS) {
    const service = { name: attack, product: attack, version: attack, extra: attack, tunnel: attack };
    const differences: Difference[] = [
      { kind: 'service.changed', before: port({ service }), after: port({ service, protocol: attack, state: attack }) },
      { kind: 'os.changed', before: { os: attack }, after: { os: attack } },
      { kind: 'script.changed', before: null, after: { port: null, id: attack, output: attack } },
    ];
    const told = hosts(differences, { device: who({ name: attack, addresses: [attack], macs: [attack] }) });
    const texts = [told.a, told.b].flatMap((host) => JSON.stringify({ ...host, ports: [...host.ports.values()] }));
    for (const text of texts) for (const value of strings(JSON.parse(text))) assert.doesNotMatch(value, dangerous, attack);
  }
});

const strings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Object.values((value ?? {}) as Record<string, unknown>).flatMap((inner) =>
        typeof inner === 'object' || typeof inner === 'string' ? strings(inner) : [],
      );

test('keys and certificates are, to Ndiff, what the scripts print that ask for them', () => {
  const { a, b } = hosts([kindOf('service.key-changed'), kindOf('certificate.renewed')]);
  const printed = (side: typeof a): unknown => [...side.ports].map(([port, { scripts }]) => [port, scripts]);
  assert.deepEqual(printed(a), [
    ['22/tcp', [{ id: 'ssh-hostkey', output: 'ed25519 SHA256:old' }]],
    ['443/tcp', [{ id: 'ssl-cert', output: 'Subject: CN=a\nSHA-256: 00' }]],
  ]);
  assert.deepEqual(printed(b), [
    ['22/tcp', [{ id: 'ssh-hostkey', output: 'ed25519 SHA256:new' }]],
    ['443/tcp', [{ id: 'ssl-cert', output: 'Subject: CN=a\nSHA-256: 11' }]],
  ]);
});
