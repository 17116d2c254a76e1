import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ATTACKS, SIGNS } from '../../../test/make/comparison.ts';
import { AT, covering, port, seen, service } from '../../../test/make/device.ts';
import { script } from '../../../test/make/view.ts';
import { csvCell, type Observation, type Scan, untrusted } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';
import { CSV_COLUMNS, csvText } from './csv.ts';
import { grepableText } from './grepable.ts';
import { jsonText } from './json.ts';
import { normalText } from './normal.ts';

process.env['TZ'] = 'UTC';

const scan = (over: Partial<Scan> = {}): Scan => ({
  id: 31,
  site: 'home',
  target: null,
  subject: '10.0.0.0/24',
  plan: 'services',
  startedAt: AT,
  finishedAt: AT + 2500,
  outcome: 'complete',
  cause: null,
  coverage: { ...covering(['10.0.0.0/24'], '1-1000'), depth: 'versions' },
  vantage: { iface: 'eth0', privileged: true },
  tool: { name: 'nmap', version: '7.93' },
  commands: [['nmap', '-sV', '--', '10.0.0.0/24']],
  asked: 256,
  up: 1,
  changes: 0,
  run: null,
  ...over,
});

const saw = (host: Partial<Observation>, over: Partial<ScanHosts> = {}): ScanHosts => ({
  scan: scan(),
  hosts: [{ observation: seen('10.0.0.7', 1, host), scripts: [] }],
  kept: true,
  ...over,
});

/** A host that says this wherever a host can say something. */
function hostile(attack: string): ScanHosts {
  const text = untrusted(attack);
  const said = service(attack, { name: attack, version: attack, extra: attack });
  const host = {
    names: [{ name: text, source: 'dns' as const }],
    vendor: text,
    os: text,
    ports: [port(22, 'open', said), port(80, 'open')],
  };
  return saw(host, {
    hosts: [{ observation: seen('10.0.0.7', 1, host), scripts: [script('http-title', attack), script('smb-os', attack, null)] }],
  });
}

/** A reader of CSV by the letter of RFC 4180. */
function rowsOf(csv: string): string[][] {
  const fields = [...csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g)];
  const rows: string[][] = [[]];
  for (const [whole, field = '', end] of fields) {
    if (whole === '') break;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('csv: a row for each port, and one for a host without any', () => {
  const host = { ports: [port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2' })), port(443, 'filtered')], names: [] };
  const rows = rowsOf(csvText(saw(host)));
  assert.deepEqual(rows[0], [...CSV_COLUMNS]);
  assert.deepEqual(rows[1]?.slice(2, 4).concat(rows[1].slice(7)), [
    '10.0.0.7',
    '02:00:5e:00:00:01',
    'tcp',
    '22',
    'open',
    'ssh',
    'OpenSSH',
    '9.2',
    '',
    '',
  ]);
  assert.deepEqual(rows[2]?.slice(7), ['tcp', '443', 'filtered', '', '', '', '', '']);
  assert.deepEqual(rowsOf(csvText(saw({})))[1]?.slice(7), ['', '', '', '', '', '', '', '']);
});

test('S5: no cell is a formula, none ends early, and no text is lost', () => {
  for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n=', ' =', '\uff1d', '\u0000='])
    assert.match(csvCell(`${sign}cmd|calc`), /^"?'/, JSON.stringify(sign));
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...SIGNS, '"', ',', '\r', '\n', '=', '+', '@', '-', '\t') }), (text) => {
      const [[read = '', beside] = []] = rowsOf(`${csvCell(text)},x\r\n`);
      assert.equal(beside, 'x');
      assert.equal(read.startsWith("'") && read !== text ? read.slice(1) : read, text);
      assert.doesNotMatch(read, /^[\s]*[=+\-@]/);
    }),
  );
});

test('S5: hostile names make no line, field or host of their own in any form', () => {
  for (const attack of ATTACKS) {
    const rows = rowsOf(csvText(hostile(attack)));
    assert.deepEqual(
      rows.map((row) => row.length),
      rows.map(() => CSV_COLUMNS.length),
      attack,
    );
    assert.equal(rows.length, 3, attack);
    const grepable = grepableText(hostile(attack)).split('\n');
    assert.equal(grepable.length, 5, attack);
    const ports = grepable[2] as string;
    assert.equal(ports.match(/\t/g)?.length, 2, attack);
    assert.equal(ports.slice(0, ports.lastIndexOf('\tOS: ')).match(/\//g)?.length, 14, attack);
    const normal = normalText(hostile(attack)).split('\n');
    const asPlain = normalText(hostile('x'.repeat(3))).split('\n');
    const outside = (line: string): boolean => !line.startsWith('|');
    assert.equal(normal.filter(outside).length, asPlain.filter(outside).length, attack);
    const { hosts } = JSON.parse(jsonText(hostile(attack)));
    assert.equal(hosts[0].os, untrusted(attack));
    for (const text of [grepableText(hostile(attack)), normalText(hostile(attack))])
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/, attack);
  }
});

test('normal text has the table, its scripts, and what was not shown', () => {
  const host = {
    names: [],
    ports: [
      port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2' })),
      port(8443, 'open', service('', { name: 'https', tunnel: 'ssl', method: 'table' })),
    ],
    unlisted: [
      { protocol: 'tcp' as const, state: 'filtered' as const, count: 2, ports: null },
      { protocol: 'tcp' as const, state: 'closed' as const, count: 996, ports: null },
    ],
  };
  const scripts = [script('ssh-hostkey', '\n  256 aa (ED25519)\n  256 bb (ECDSA)', 'tcp/22')];
  const text = normalText(saw(host, { hosts: [{ observation: seen('10.0.0.7', 1, host), scripts }] }));
  assert.equal(
    text,
    `# Nmap 7.93 scan initiated Mon Jan  5 08:00:00 2026 as: nmap -sV -- 10.0.0.0/24
Nmap scan report for 10.0.0.7
Host is up.
Not shown: 996 closed tcp ports, 2 filtered tcp ports
PORT     STATE SERVICE    VERSION
22/tcp   open  ssh        OpenSSH 9.2
| ssh-hostkey:${' '}
|   256 aa (ED25519)
|_  256 bb (ECDSA)
8443/tcp open  ssl/https?
MAC Address: 02:00:5E:00:00:01 (Unknown)

# Nmap done at Mon Jan  5 08:00:02 2026 -- 256 IP addresses (1 host up) scanned in 2.50 seconds
`,
  );
});

test('R8: a host that was given up on has no ports, and a scan that is not whole says so', () => {
  const late = saw(
    { timedOut: true },
    { scan: scan({ outcome: 'partial', cause: { code: 'host-timeouts', text: 'nmap gave up on 1 host' } }) },
  );
  assert.match(grepableText(late), /Status: Timeout\n.*\n# partial: nmap gave up on 1 host\n$/);
  assert.match(normalText(late), /Skipping host 10\.0\.0\.7 due to host timeout\n[^]*# partial: nmap gave up on 1 host\n$/);
});
