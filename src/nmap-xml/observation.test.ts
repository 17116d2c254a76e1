import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observationOf, type XmlExtraPorts, type XmlHost, type XmlPort, type XmlService } from './index.ts';

const HOST: XmlHost = {
  state: 'up',
  reason: 'syn-ack',
  addresses: [{ addr: '192.0.2.1', type: 'ipv4', vendor: null }],
  hostnames: [],
  extraports: [],
  ports: [],
  scripts: [],
  osMatches: [],
  timedOut: false,
  startTime: null,
  endTime: null,
  scanProtocol: 'tcp',
};
const SERVICE: XmlService = {
  name: 'http',
  product: null,
  version: null,
  extrainfo: null,
  hostname: null,
  ostype: null,
  devicetype: null,
  tunnel: null,
  method: 'table',
  conf: 3,
  servicefp: null,
  cpe: [],
};
const PORT: XmlPort = { protocol: 'tcp', portid: 80, state: 'open', reason: 'syn-ack', service: null, scripts: [] };

const observe = (part: Partial<XmlHost>) => observationOf({ ...HOST, ...part }, 1000);
const address = (addr: string, type: string | null, vendor: string | null = null) => ({ addr, type, vendor });

describe('an observation', () => {
  it('is made of a host that is up, at the given moment', () => {
    assert.deepEqual(observe({}), {
      address: '192.0.2.1',
      mac: null,
      vendor: null,
      names: null,
      reason: 'syn-ack',
      seenAt: 1000,
      ports: [],
      unlisted: [],
      timedOut: false,
      os: null,
    });
  });

  it('knows the SSH host keys that a script printed, by either fingerprint, and takes nothing else for one', () => {
    const printed = [
      '',
      '  256 SHA256:jRj3n4+iC65RIDPxBm0ArSWqgJqLVwiVyr10xErY/3k (ECDSA)',
      '  2048 f0:58:ce:f4:aa:a4:59:1c:8e:dd:4d:07:44:c8:25:11 (RSA)',
      '  256 SHA256:short (ED25519)',
    ].join('\n');
    const ssh = (id: string, output = printed): XmlPort => ({ ...PORT, portid: 22, scripts: [{ id, output }] });
    assert.deepEqual(observe({ ports: [ssh('ssh-hostkey')] })?.clues, [
      { kind: 'ssh.key', value: 'MD5:f0:58:ce:f4:aa:a4:59:1c:8e:dd:4d:07:44:c8:25:11' },
      { kind: 'ssh.key', value: 'SHA256:jRj3n4+iC65RIDPxBm0ArSWqgJqLVwiVyr10xErY/3k' },
    ]);
    for (const port of [ssh('http-title'), ssh('ssh-hostkey', 'SHA256:'), PORT])
      assert.ok(!('clues' in (observe({ ports: [port] }) ?? {})));
    assert.ok(!('clues' in (observe({ ports: [ssh('ssh-hostkey')], timedOut: true }) ?? {})), 'nmap gave up on it');
    const many = Array.from({ length: 500 }, (_, n) => `1 SHA256:${String(n).padStart(43, '0')} (X)`).join('\n');
    assert.equal(observe({ ports: [ssh('ssh-hostkey', many)] })?.clues?.length, 16, 'as many as are kept of a device');
  });

  it('is not made of a host that is not up, or says nothing about it', () => {
    for (const state of ['down', 'unknown', 'skipped', null]) assert.equal(observe({ state }), null);
  });

  it('is not made without an address that is one', () => {
    for (const addr of ['', '010.0.0.1', '1', '<script>', '192.0.2.1%0a'])
      assert.equal(observe({ addresses: [address(addr, 'ipv4'), address('02:00:5e:00:53:01', 'mac')] }), null);
  });

  it('takes IPv4 before IPv6, in canonical form; an address without a type is IPv4', () => {
    assert.equal(observe({ addresses: [address('2001:DB8::0:1', 'ipv6'), address('192.0.2.2', null)] })?.address, '192.0.2.2');
    assert.equal(observe({ addresses: [address('2001:DB8::0:1', 'ipv6')] })?.address, '2001:db8::1');
  });

  it('has the card that has an address, with its vendor', () => {
    const addresses = [
      ...HOST.addresses,
      address('00:00:00:00:00:00', 'mac', 'Nobody'),
      address('02-00-5E-00-53-01', 'mac', 'Ex\u202eample\u0007'),
    ];
    assert.deepEqual([observe({ addresses })?.mac, observe({ addresses })?.vendor], ['02:00:5e:00:53:01', 'Example']);
  });

  it('has names by DNS first, each once, and none that are empty', () => {
    const names = [
      ['a', 'user'],
      ['b', 'PTR'],
      ['a', 'PTR'],
      ['\u0000', 'PTR'],
      ['c', 'user'],
    ].map(([name = '', type = null]) => ({ name, type }));
    assert.deepEqual(observe({ hostnames: names })?.names, [
      { name: 'a', source: 'dns' },
      { name: 'b', source: 'dns' },
      { name: 'c', source: 'scan' },
    ]);
    assert.equal(observe({ hostnames: [{ name: '\u200b', type: 'PTR' }] })?.names, null);
  });

  it('has the likeliest operating system, the first of equals', () => {
    const osMatches = [
      { name: 'A', accuracy: 90 },
      { name: 'B', accuracy: 97 },
      { name: 'C', accuracy: 97 },
      { name: 'D', accuracy: null },
    ];
    assert.equal(observe({ osMatches })?.os, 'B');
  });

  it('lists closed ports too, and the last word on a port listed twice', () => {
    const ports = [
      PORT,
      { ...PORT, portid: 81, state: 'closed' },
      { ...PORT, state: 'filtered' },
      { ...PORT, protocol: 'udp', state: 'open|filtered' },
    ];
    assert.deepEqual(
      observe({ ports })?.ports.map(({ protocol, port, state }) => `${protocol}/${port} ${state}`),
      ['tcp/80 filtered', 'tcp/81 closed', 'udp/80 open|filtered'],
    );
  });

  it('calls a state it does not know unknown, and leaves out protocols that are none', () => {
    const ports = [
      { ...PORT, state: 'ajar' },
      { ...PORT, portid: 1, state: null },
      { ...PORT, protocol: '__proto__' },
    ];
    assert.deepEqual(
      observe({ ports })?.ports.map(({ state }) => state),
      ['unknown', 'unknown'],
    );
  });

  it('takes a service for probed only where nmap says so', () => {
    const methods = ['probed', 'table', null, 'guess'].map(
      (method) => observe({ ports: [{ ...PORT, service: { ...SERVICE, method } }] })?.ports[0]?.service?.method,
    );
    assert.deepEqual(methods, ['probed', 'table', 'table', 'table']);
  });

  it('caps and cleans what a service says of itself', () => {
    const service = { ...SERVICE, name: 'x'.repeat(300), product: `\u001b[31m${'p'.repeat(2000)}`, extrainfo: 'a\r\nb', tunnel: 'ssl' };
    const seen = observe({ ports: [{ ...PORT, service }] })?.ports[0]?.service;
    assert.deepEqual([seen?.name.length, seen?.product.length, seen?.product.slice(0, 5)], [255, 1024, '[31mp']);
    assert.deepEqual([seen?.version, seen?.extra, seen?.tunnel], ['', 'ab', 'ssl']);
  });

  it('R8: of a host nmap gave up on says nothing about ports', () => {
    const seen = observe({ timedOut: true, ports: [PORT], extraports: [{ state: 'closed', count: 9, reasons: [] }] });
    assert.deepEqual([seen?.address, seen?.timedOut, seen?.ports, seen?.unlisted], ['192.0.2.1', true, [], []]);
  });
});

describe('ports that are only counted', () => {
  const reason = (protocol: string | null, ports: [number, number][] | null, count = 1) => ({ reason: 'reset', count, protocol, ports });
  const unlisted = (extra: Partial<XmlExtraPorts>, scanProtocol: string | null = 'tcp') =>
    observe({ scanProtocol, extraports: [{ state: 'closed', count: 9, reasons: [], ...extra }] })?.unlisted;

  it('are known one by one where every reason lists them, merged by protocol', () => {
    const reasons = [reason('tcp', [[1, 3]], 3), reason('udp', [[5, 5]], 1), reason('tcp', [[4, 4]], 1)];
    assert.deepEqual(unlisted({ reasons }, null), [
      { protocol: 'tcp', state: 'closed', count: 4, ports: [[1, 4]] },
      { protocol: 'udp', state: 'closed', count: 1, ports: [[5, 5]] },
    ]);
  });

  it('are of the protocol of the scan where nothing else says so (before nmap 7.92)', () => {
    assert.deepEqual(unlisted({ reasons: [reason(null, null)] }, 'udp'), [{ protocol: 'udp', state: 'closed', count: 9, ports: null }]);
    assert.deepEqual(unlisted({ state: 'filtered' }), [{ protocol: 'tcp', state: 'filtered', count: 9, ports: null }]);
  });

  it('are not claimed where their protocol is in doubt', () => {
    assert.deepEqual(unlisted({}, null), []);
    assert.deepEqual(unlisted({ reasons: [reason('tcp', null), reason('udp', null)] }), []);
    assert.deepEqual(unlisted({ reasons: [reason('quic', [[1, 1]])] }), []);
  });
});
