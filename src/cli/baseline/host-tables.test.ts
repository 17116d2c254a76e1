import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../core/index.ts';
import { formatTables, readTable } from './host-tables.ts';

const OF_TODAY = `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-27 10:00 CET
Nmap scan report for nas.lan (192.168.1.20)
Host is up (0.00042s latency).
Not shown: 996 closed tcp ports (reset)
PORT     STATE    SERVICE     VERSION
22/tcp   open     ssh         OpenSSH 9.2p1 Debian 2+deb12u2 (protocol 2.0)
80/tcp   open     http?
139/tcp  filtered netbios-ssn
8443/tcp open     ssl/http    nginx 1.18.0
1 service unrecognized despite returning data. If you know the service/version, please submit
SF-Port80-TCP:V=7.93%I=7%D=11/27%Time=1
MAC Address: 02:00:5E:00:53:01 (Unknown)
Service Info: OS: Linux; CPE: cpe:/o:linux:linux_kernel

Service detection performed. Please report any incorrect results at https://nmap.org/submit/ .
Nmap done: 1 IP address (1 host up) scanned in 6.65 seconds
`;

/** As nmap 3 printed it when such lists were made first. */
const OF_2004 = `
Interesting ports on mine.my.flat (192.168.1.20):
(The 1656 ports scanned but not shown below are in state: closed)
PORT      STATE SERVICE VERSION
22/tcp    open  ssh     OpenSSH 3.8.1p1 (protocol 2.0)
80/tcp    open  http    Apache httpd 1.3.33 ((Debian GNU/Linux))
`;

test('S2: a table of nmap approves the host and each service that is open', () => {
  assert.deepEqual(readTable({ file: '192.168.1.20.base', text: OF_TODAY }, 'f'), [
    { device: '192.168.1.20' },
    { device: '192.168.1.20', port: '22/tcp', service: 'ssh', serves: 'OpenSSH 9.2p1 Debian 2+deb12u2 (protocol 2.0)' },
    { device: '192.168.1.20', port: '80/tcp', service: 'http?' },
    { device: '192.168.1.20', port: '8443/tcp', service: 'ssl/http', serves: 'nginx 1.18.0' },
  ]);
  assert.deepEqual(readTable({ file: 'mine.my.flat.base', text: OF_2004 }, 'f'), [
    { device: 'mine.my.flat' },
    { device: 'mine.my.flat', port: '22/tcp', service: 'ssh', serves: 'OpenSSH 3.8.1p1 (protocol 2.0)' },
    { device: 'mine.my.flat', port: '80/tcp', service: 'http', serves: 'Apache httpd 1.3.33 ((Debian GNU/Linux))' },
  ]);
});

test('S2: lines alone, as grep leaves them, are a table too; so are lines of Windows, and no lines at all', () => {
  assert.deepEqual(readTable({ file: '02-00-5e-00-53-01.base', text: '22/tcp open ssh OpenSSH\r\n' }, 'f'), [
    { device: '02:00:5e:00:53:01' },
    { device: '02:00:5e:00:53:01', port: '22/tcp', service: 'ssh', serves: 'OpenSSH' },
  ]);
  assert.deepEqual(readTable({ file: 'fe80::1.base', text: '' }, 'f'), [{ device: 'fe80::1' }]);
});

test('S: files that are no table of a host are refused with file, line and remedy', () => {
  const cases: [string, string, RegExp][] = [
    ['192.168.1.20.base', '22/tcp open ssh\nrm -rf /\n', /^reading d\/f:2: "rm -rf \/" is no line of a table/],
    ['192.168.1.20.base', '99999/tcp open ssh\n', /^reading d\/f:1: 99999 is no port/],
    ['192.168.1.20.base', '22/tcp open ssh a\u001b[2Jb\n', /^reading d\/f:1: it holds characters that cannot be shown/],
    ['192.168.1.20.base', `22/tcp open ssh ${'x'.repeat(3000)}\n`, /^reading d\/f:1: it is too long/],
    [
      '192.168.1.20.base',
      'PORT STATE SERVICE REASON VERSION\n22/tcp open ssh syn-ack OpenSSH',
      /^reading d\/f:1: it has a column of reasons/,
    ],
    ['..base', '', /its name is no host/],
    ['-oX.base', '', /its name is no host/],
    ['0x7f000001.base', '', /its name is no host/],
    ['10.0.0.0/8.base', '', /its name is no host/],
    ['.base', '', /its name is no host/],
  ];
  for (const [file, text, message] of cases)
    assert.throws(
      () => readTable({ file, text }, 'd/f'),
      (thrown: unknown) => thrown instanceof Fault && message.test(thrown.message) && (thrown.remedy ?? '') !== '',
      file,
    );
});

test('S2: tables are as wide as nmap makes them, and read back byte for byte', () => {
  const [first, ...services] = readTable({ file: '192.168.1.20.base', text: OF_TODAY }, 'f');
  const { tables, lost } = formatTables(
    [first, ...services, { everywhere: true as const, nowhere: '23' }].filter((entry) => entry !== undefined),
  );
  assert.equal(lost, 1);
  assert.deepEqual(tables, [
    {
      file: '192.168.1.20.base',
      text: `PORT     STATE SERVICE  VERSION
22/tcp   open  ssh      OpenSSH 9.2p1 Debian 2+deb12u2 (protocol 2.0)
80/tcp   open  http?
8443/tcp open  ssl/http nginx 1.18.0
`,
    },
  ]);
});

test('S2: any services, written and read and written again, are the same bytes', () => {
  const word = fc.stringMatching(/^[!-~]{1,12}$/).filter((text) => text !== 'unknown');
  const version = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const service = fc.record({
    port: fc.integer({ min: 0, max: 65_535 }),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    service: word,
    serves: fc.option(version, { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(service, { maxLength: 8 }), (drawn) => {
      const device = '10.0.0.7';
      const entries = drawn.map(({ port, protocol, service: called, serves }) => ({
        device,
        port: `${port}/${protocol}`,
        service: called,
        ...(serves !== undefined && { serves }),
      }));
      const [table] = formatTables([{ device }, ...entries]).tables;
      assert.ok(table);
      const read = readTable(table, 'f');
      assert.deepEqual(read, [{ device }, ...entries]);
      assert.deepEqual(formatTables(read).tables, [table]);
    }),
  );
});

test('S5: odd blanks of a hostile banner, and what no table has, are no lines that are read as something else', () => {
  const device = '192.0.2.9';
  const { tables, lost } = formatTables([
    { device, port: '22/tcp', service: 'ssh', serves: '\u00a0Open  SSH\u3000' },
    { device, port: '80/tcp', service: 'my web', serves: 'nginx' },
    { device, port: '89/ip' },
  ]);
  assert.equal(lost, 1);
  assert.deepEqual(
    tables.flatMap((table) => readTable(table, 'f')),
    [{ device }, { device, port: '22/tcp', service: 'ssh', serves: 'Open SSH' }, { device, port: '80/tcp', serves: 'nginx' }],
  );
});

test('S: whatever a file holds and is called, it is a table or is refused', () => {
  const scrap = fc.constantFrom(
    '22/tcp open ssh',
    '\n',
    '\r',
    '\t',
    'PORT STATE SERVICE VERSION',
    'open',
    '/',
    'tcp',
    '99999',
    '|',
    'Nmap',
    ' ',
    '\u0000',
    '\u001b[2J',
    '%s',
    '../',
    '\u202e',
  );
  const text = fc.array(fc.oneof(scrap, fc.string({ maxLength: 8, unit: 'binary' })), { maxLength: 30 }).map((parts) => parts.join(''));
  const name = fc.oneof(fc.constantFrom('10.0.0.1', 'nas.lan', '..', '-', '', '10.0.0.1/8', 'a b', '::1'), fc.string({ maxLength: 12 }));
  fc.assert(
    fc.property(name, text, (file, content) => {
      try {
        const [host, ...services] = readTable({ file: `${file}.base`, text: content }, 'f');
        assert.match(host?.device ?? '', /^[0-9a-z.:-]+$/i);
        for (const { device, port, serves = '', service = '' } of services) {
          assert.equal(device, host?.device);
          assert.match(port ?? '', /^\d{1,5}\/(?:tcp|udp|sctp)$/);
          assert.doesNotMatch(serves + service, /[\p{Cc}\u2028\u2029]/u);
        }
      } catch (thrown) {
        assert.ok(thrown instanceof Fault, String((thrown as Error).stack));
      }
    }),
    { numRuns: 2000 },
  );
});
