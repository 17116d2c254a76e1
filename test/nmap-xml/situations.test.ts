// What nmap really writes, situation by situation: each has a file in fixtures/, "real-" ones made by nmap 7.93 on loopback.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observationOf, readNmapBytes } from '../../src/nmap-xml/index.ts';
import { bytesOf, read } from './fixtures.ts';

const addresses = (situation: string): string[] => read(situation).hosts.map((host) => host.addresses[0]?.addr ?? '');
const faultOf = (situation: string): string => read(situation).fault?.message ?? 'none';

describe('the prolog', () => {
  for (const situation of [
    'prolog-stylesheet-on-the-web',
    'prolog-no-stylesheet',
    'prolog-byte-order-mark',
    'output-version-1.03',
    'output-version-1.04',
  ])
    it(`is read: ${situation}`, () => {
      const { ending, hosts, warnings } = read(situation);
      assert.deepEqual([ending, hosts.length, warnings], ['complete', 1, []]);
    });

  it('of nmap 4 has no DOCTYPE; its ports are only counted, its operating systems have classes beside them', () => {
    const { ending, header, hosts, finished } = read('nmap-4-without-doctype');
    assert.equal(ending, 'complete');
    assert.deepEqual(header, {
      scanner: 'nmap',
      version: '4.62',
      args: 'nmap -A -oX old.xml 192.0.2.1',
      start: 1204365600,
      xmlOutputVersion: '1.01',
    });
    assert.deepEqual(hosts[0]?.osMatches, [
      { name: 'Linux 2.6.17 - 2.6.23', accuracy: 98 },
      { name: 'Linux 2.6.22', accuracy: 100 },
    ]);
    const seen = observationOf(hosts[0], 5);
    assert.equal(seen?.os, 'Linux 2.6.22');
    assert.deepEqual(seen?.unlisted, [{ protocol: 'tcp', state: 'filtered', count: 3, ports: null }]);
    assert.deepEqual(finished, { time: 1204365620, exit: null, errorMessage: null, up: 1, down: 0, total: 1 });
  });
});

describe('hosts', () => {
  it('are never made of hosthints', () => {
    assert.deepEqual(addresses('hosthints-before-hosts'), ['192.0.2.1', '192.0.2.3']);
    assert.deepEqual(addresses('interrupted-with-hosthints-only'), []);
  });

  it('that are down are told of, but are no observation', () => {
    const { hosts } = read('down-hosts-of-a-verbose-scan');
    assert.deepEqual(
      hosts.map((host) => [host.state, host.reason, observationOf(host, 5)?.address ?? null]),
      [
        ['up', 'arp-response', '192.0.2.8'],
        ['down', 'no-response', null],
      ],
    );
  });

  it('R8: that nmap gave up on are present, and nothing is said of their ports', () => {
    const [slow, quick] = read('host-timed-out').hosts.map((host) => observationOf(host, 5));
    assert.deepEqual([slow?.timedOut, slow?.ports, slow?.unlisted, slow?.mac], [true, [], [], '02:00:5e:00:53:01']);
    assert.deepEqual([quick?.timedOut, quick?.ports.length, quick?.unlisted.length], [false, 1, 1]);
  });

  it('have ports of four protocols', () => {
    const ports = ['real-tcp-udp-sctp', 'real-ip-protocols'].flatMap((situation) => observationOf(read(situation).hosts[0]!, 5)!.ports);
    assert.deepEqual(
      Object.fromEntries(
        Map.groupBy(ports, ({ protocol }) => protocol)
          .entries()
          .map(([protocol, all]) => [protocol, all.length]),
      ),
      {
        tcp: 6,
        udp: 5,
        sctp: 3,
        ip: 4,
      },
    );
    assert.deepEqual(
      read('real-tcp-udp-sctp').scanInfo.map(({ type, protocol, services }) => [type, protocol, services]),
      [
        [
          'syn',
          'tcp',
          [
            [1, 5],
            [18080, 18080],
          ],
        ],
        ['udp', 'udp', [[1, 5]]],
        ['sctpinit', 'sctp', [[1, 3]]],
      ],
    );
  });

  it('keep the exact list of the ports that are only counted', () => {
    const seen = observationOf(read('real-extraports-with-port-lists').hosts[0]!, 5);
    assert.deepEqual(seen?.unlisted, [{ protocol: 'tcp', state: 'closed', count: 40, ports: [[1, 40]] }]);
    assert.deepEqual(
      seen?.ports.map(({ port, state }) => [port, state]),
      [[18080, 'open']],
    );
  });

  it('have names by DNS and names the user typed, and addresses of any kind', () => {
    const [named, sixth] = read('names-and-addresses').hosts.map((host) => observationOf(host, 5));
    assert.deepEqual(named?.names, [
      { name: 'printer.example.org', source: 'dns' },
      { name: 'printer', source: 'scan' },
    ]);
    assert.deepEqual([named?.address, named?.mac, named?.vendor], ['192.0.2.1', '02:00:5e:00:53:01', 'Example & Sons']);
    assert.deepEqual([sixth?.address, sixth?.mac, sixth?.vendor, sixth?.names], ['2001:db8::1', '02:00:5e:00:53:0a', null, null]);
  });
});

describe('a scan that was killed', () => {
  for (const [situation, hosts] of [
    ['interrupted-with-hosthints-only', 0],
    ['interrupted-after-scaninfo', 0],
    ['interrupted-after-two-hosts', 2],
    ['interrupted-inside-a-tag', 2],
    ['real-killed-during-service-scan', 0],
  ] as const)
    it(`R6: is partial and keeps every whole host: ${situation}`, () => {
      const document = read(situation);
      assert.equal(document.ending, 'partial');
      assert.equal(document.hosts.length, hosts);
      assert.equal(document.finished, null);
      assert.match(document.fault?.message ?? '', /the document ends inside it/);
      assert.equal(document.fault?.offset, bytesOf(situation).length);
    });
});

describe('the end of a scan', () => {
  it('R7: tells of exit="error" with its message', () => {
    const { ending, finished } = read('finished-with-exit-error');
    assert.equal(ending, 'complete');
    assert.deepEqual([finished?.exit, finished?.errorMessage], ['error', 'Failed to open device eth9']);
  });

  it('R7: is not made up when there is none', () => {
    assert.deepEqual([read('no-runstats').ending, read('no-runstats').finished], ['complete', null]);
  });

  it('R7: keeps totals that do not fit what was asked', () => {
    assert.deepEqual(read('totals-differ-from-what-was-asked').finished?.total, 1);
  });
});

describe('a scan that was resumed', () => {
  it('is complete after a clean cut; its totals count the resumed part only', () => {
    const { ending, hosts, finished } = read('resumed-after-a-clean-cut');
    assert.deepEqual([ending, hosts.length, finished?.up], ['complete', 3, 1]);
  });

  it('is not well-formed after a cut inside a tag: partial up to there', () => {
    const { ending, hosts, fault } = read('resumed-inside-a-tag');
    assert.deepEqual([ending, hosts.length], ['partial', 1]);
    assert.equal(fault?.line, 30);
    assert.match(fault?.message ?? '', /value holds "<"/);
  });
});

describe('a second document in the same file', () => {
  it('is trouble after the first, whose hosts are kept', () => {
    assert.deepEqual(addresses('appended-second-document'), ['192.0.2.1', '192.0.2.2', '192.0.2.3']);
    assert.equal(read('appended-second-document').ending, 'partial');
    assert.match(faultOf('appended-second-document'), /not at the start of the document/);
  });
});

describe('text', () => {
  it('is unescaped as nmap escaped it, byte by byte', () => {
    assert.equal(read('escapes-of-nmap').hosts[0]?.ports[0]?.service?.product, 'a <b> & "c" \'d\' -- caf\u00c3\u00a9 \u007f');
  });

  it('that XML forbids breaks the document off, strictly read', () => {
    const { ending, hosts, fault } = read('service-name-with-forbidden-references');
    assert.deepEqual([ending, hosts.length, fault?.line], ['partial', 1, 26]);
    assert.match(fault?.message ?? '', /a character XML forbids/);
  });

  it('that XML forbids becomes U+FFFD with a warning, leniently read', () => {
    const { ending, hosts, warnings } = read('service-name-with-forbidden-references', { lenient: true });
    assert.deepEqual([ending, hosts.length], ['complete', 3]);
    assert.equal(hosts[1]?.ports[0]?.service?.name, 'ab\ufffd\u00ec\ufffd');
    assert.deepEqual(warnings, ['replaced 2 characters XML forbids by U+FFFD']);
  });

  it('of hostile banners comes out whole, and clean in the observation', () => {
    const { ending, hosts } = read('real-services-and-hostile-banner');
    const port = hosts[0]?.ports.find(({ portid }) => portid === 18082);
    assert.equal(ending, 'complete');
    assert.match(port?.service?.servicefp ?? '', /"<script>alert\\\(1\\\)<\/script>/);
    assert.deepEqual(hosts[0]?.ports.find(({ portid }) => portid === 18081)?.service?.cpe, [
      'cpe:/a:openbsd:openssh:9.2p1',
      'cpe:/o:linux:linux_kernel',
    ]);
    const seen = observationOf(hosts[0], 5)?.ports.map(({ port: number, state, service }) => [
      number,
      state,
      service?.method,
      service?.product,
    ]);
    assert.deepEqual(seen?.slice(3), [
      [18080, 'open', 'probed', 'SimpleHTTPServer'],
      [18081, 'open', 'probed', 'OpenSSH'],
      [18082, 'open', 'table', ''],
    ]);
  });

  it('of scripts keeps its lines, its empty first line, and is empty where only tables follow', () => {
    const { hosts, preScripts, postScripts, warnings } = read('script-output');
    assert.deepEqual(hosts[0]?.ports[0]?.scripts, [
      { id: 'ssl-enum', output: '\n  first line is empty\n  second' },
      { id: 'quiet', output: '' },
    ]);
    assert.deepEqual(hosts[0]?.scripts, [{ id: 'clock-skew', output: 'mean: 1s' }]);
    assert.deepEqual(preScripts, [{ id: 'broadcast-ping', output: '\n  IP: 192.0.2.1' }]);
    assert.deepEqual(postScripts, [{ id: 'reverse-index', output: '\n  22/tcp: 192.0.2.1' }]);
    assert.deepEqual(warnings, ['left out a script without id or output: "no-output"']);
  });
});

describe('what is no nmap XML', () => {
  for (const [situation, why] of [
    ['bomb-of-entities', /defines entities/],
    ['outer-entity', /defines entities/],
    ['not-nmap', /starts with "rss", not with "nmaprun"/],
  ] as const)
    it(`S4: is unreadable, and says why: ${situation}`, () => {
      const { ending, header, hosts } = read(situation);
      assert.deepEqual([ending, header, hosts], ['unreadable', null, []]);
      assert.match(faultOf(situation), why);
    });

  it('is unreadable when there is nothing, or only text', () => {
    for (const text of ['', ' \n', 'Starting Nmap 7.93']) assert.equal(readNmapBytes(new TextEncoder().encode(text)).ending, 'unreadable');
  });
});
