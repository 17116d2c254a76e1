import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostFields, header, host, type PortFields, port, script, utc } from '../../../test/make/ndiff.ts';
import { Collapse } from '../collapse.ts';
import { compareHosts } from '../compare-hosts.ts';
import { EMPTY_HOST, type NdiffHeader, type NdiffHost } from '../scan.ts';
import { textPrinter } from './text-printer.ts';

const [quiet, loud] = [textPrinter({ verbose: false, zone: utc }), textPrinter({ verbose: true, zone: utc })];
const hosts = (a: NdiffHost, b: NdiffHost, verbose = false): string => (verbose ? loud : quiet).host(compareHosts(a, b, verbose));
const compare = (a: HostFields, b: HostFields, verbose = false): string => hosts(host(a), host(b), verbose);
const ports = (a: PortFields, b: PortFields, verbose = false): string =>
  compare({ ports: [port('22/tcp', a)] }, { ports: [port('22/tcp', b)] }, verbose);
const opened = (a: Partial<NdiffHeader>, b: Partial<NdiffHeader>, verbose = false): string =>
  (verbose ? loud : quiet).open(header(a), header(b));
const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');
const HEAD = ['', ' 10.0.0.1:'];
const TABLE = [...HEAD, ' PORT   STATE SERVICE VERSION'];

test('a scan is told by what is known of it', () => {
  const full = { scanner: 'nmap', version: '7.93', args: 'nmap -sV x', start: 1_700_000_000 };
  assert.equal(
    opened(full, { scanner: 'masscan' }),
    text('-Nmap 7.93 scan initiated Tue Nov 14 22:13:20 2023 as: nmap -sV x', '+masscan scan'),
  );
  assert.equal(
    opened({ version: '', start: 86_400 * 3 }, {}),
    text('-Nmap  scan initiated Sun Jan 04 00:00:00 1970', '+Nmap scan'),
    'the day has two figures',
  );
});

test('equal scans are told when verbose; the end makes no difference', () => {
  assert.equal(opened({ end: 1 }, { end: 2 }), '');
  assert.equal(opened({ end: 1 }, { end: 2 }, true), text(' Nmap scan'));
});

test('scripts of a whole scan stand before and behind the hosts', () => {
  const [a, b] = [{ preScripts: [script('p', '1')], postScripts: [script('q', '1')] }, { preScripts: [script('p', '2')] }];
  assert.equal(opened(a, b), text('', ' Pre-scan script results:', '-|_ p: 1', '+|_ p: 2'));
  assert.equal(quiet.close(header(a), header(b)), text('', '-Post-scan script results:', '-|_ q: 1'));
  assert.equal(quiet.close(header(b), header(a)), text('', '+Post-scan script results:', '+|_ q: 1'));
  assert.equal(quiet.close(header(a), header(a)), '');
  assert.equal(loud.close(header(a), header(a)), text('', ' Post-scan script results:', ' |_ q: 1'));
});

test('a host that is gone or new has one mark throughout', () => {
  const there = host({
    names: ['a'],
    extraports: [['closed', 9]],
    ports: [port('22/tcp', { service: { name: 'ssh' } })],
    os: ['Linux'],
    scripts: [script('h', 'x')],
  });
  const block = (mark: string): string =>
    [
      'a (10.0.0.1):',
      'Host is up.',
      'Not shown: 9 closed ports',
      'PORT   STATE SERVICE VERSION',
      '22/tcp open  ssh',
      'OS details:',
      '  Linux',
      '',
      'Host script results:',
      '|_ h: x',
    ]
      .map((line) => (line === '' ? '\n' : `${mark}${line}\n`))
      .join('');
  assert.equal(hosts(there, EMPTY_HOST), `\n${block('-')}`);
  assert.equal(hosts(EMPTY_HOST, there), `\n${block('+')}`);
});

test('a host whose names changed is told twice', () => {
  assert.equal(compare({ names: ['a', 'b'] }, { names: ['c', 'a'] }), text('', '-a, b (10.0.0.1):', '+a, c (10.0.0.1):'));
  assert.equal(
    compare({ names: ['a'], state: null }, { names: ['b'] }),
    text('', '+b (10.0.0.1):', '+Host is up.'),
    'but not by a side without state',
  );
});

test('the state is told when it differs, or when verbose', () => {
  assert.equal(compare({ state: 'up' }, { state: 'down' }), text(...HEAD, '-Host is up.', '+Host is down.'));
  assert.equal(compare({ state: null }, { state: '' }), text(...HEAD, '+Host is .'));
  assert.equal(compare({}, {}, true), text(...HEAD, ' Host is up.'));
  assert.equal(compare({ state: null }, { state: null }, true), text(...HEAD, ' Host is None.'));
});

test('ports that are not shown are sorted by count and state, downwards', () => {
  const many: HostFields['extraports'] = [
    ['a', 4],
    ['', 3],
    ['b', 4],
    ['c', 12_345_678_901_234_567_890n],
  ];
  const told = '12345678901234567890 c ports, 4 b ports, 4 a ports, 3  ports';
  assert.equal(compare({ extraports: many }, {}), text(...HEAD, `-Not shown: ${told}`));
  assert.equal(
    compare({ extraports: many }, { extraports: many.toReversed() }),
    text(...HEAD, `-Not shown: ${told}`, `+Not shown: ${told}`),
    'another order is a difference',
  );
  assert.equal(
    compare({ extraports: [[null, 3]] }, { extraports: [[null, 3]] }, true),
    text(...HEAD, ' Host is up.', ' Not shown: 3 None ports'),
  );
});

test('Ndiff dies of as many ports without state as with one, after what it said before', () => {
  const sick: HostFields['extraports'] = [
    ['open', 3],
    [null, 3],
  ];
  const dies = (written: string) => (fault: unknown) => fault instanceof Collapse && fault.written === written;
  assert.throws(() => compare({ extraports: sick }, {}), dies(text(...HEAD)));
  assert.throws(() => compare({ extraports: [['x', 4]] }, { extraports: sick }), dies(text(...HEAD, '-Not shown: 4 x ports')));
  assert.throws(() => compare({ extraports: sick }, { extraports: sick }, true), dies(text(...HEAD, ' Host is up.')));
});

test('a port is told by number, state, service and version', () => {
  const ssh = { service: { name: 'ssh', product: 'OpenSSH', version: '9', extrainfo: 'x', tunnel: 'ssl' } };
  assert.equal(
    ports(ssh, { state: 'closed' }),
    text(...HEAD, ' PORT   STATE  SERVICE VERSION', '-22/tcp open   ssl/ssh OpenSSH 9 (x)', '+22/tcp closed'),
  );
  assert.equal(
    ports({ service: { tunnel: 'ssl' } }, { service: { extrainfo: '' } }),
    text(...TABLE, '-22/tcp open  ssl', '+22/tcp open          ()'),
  );
  assert.equal(
    ports({ service: { name: 'a', tunnel: '' } }, { service: { name: '', tunnel: 'ssl' } }),
    text(...TABLE, '-22/tcp open  /a', '+22/tcp open  ssl/'),
  );
});

test('a side that has not the port, or counts it among others, has no row', () => {
  const open = { ports: [port('22/tcp')] };
  assert.equal(compare(open, {}), text(...TABLE, '-22/tcp open'));
  assert.equal(compare({}, open), text(...TABLE, '+22/tcp open'));
  const closed = { ports: [port('22/tcp', { state: 'closed' })], extraports: [['closed', 9]] } as const;
  assert.equal(compare({ ...open, extraports: closed.extraports }, closed), text(...TABLE, '-22/tcp open'));
  assert.equal(ports({ state: '' }, { state: 'unknown' }), text(...HEAD, ' PORT   STATE   SERVICE VERSION', '-22/tcp', '+22/tcp unknown'));
});

test('a port whose columns are equal has one row: when verbose or with scripts', () => {
  const [one, two] = [{ service: { product: 'a b' } }, { service: { product: 'a', version: 'b' } }];
  assert.equal(ports(one, two), text(...HEAD), 'the difference costs one and is not seen');
  assert.equal(ports(one, two, true), text(...HEAD, ' Host is up.', ' PORT   STATE SERVICE VERSION', ' 22/tcp open          a b'));
  assert.equal(ports({ scripts: [script('s', '1')] }, {}), text(...TABLE, ' 22/tcp open', '-|_ s: 1'));
  assert.equal(
    ports({ service: { name: '' } }, {}),
    text(...TABLE, '-22/tcp open', '+22/tcp open'),
    'an empty column is not a missing one',
  );
});

test('columns are as wide as their widest cell, in characters; rows are trimmed as Python trims', () => {
  const [wide, narrow] = [
    port('1/tcp', { service: { name: '\u{1f600}\u{1f600}é', product: 'x' } }),
    port('22/tcp', { service: { name: 'abcdefgh', product: 'y\u00a0\u0085' } }),
  ];
  assert.equal(
    compare({ ports: [wide, narrow] }, {}),
    text(...HEAD, ' PORT   STATE SERVICE  VERSION', '-1/tcp  open  \u{1f600}\u{1f600}é      x', '-22/tcp open  abcdefgh y'),
  );
  assert.equal(ports({ service: { product: 'a\ufeff' } }, {}), text(...TABLE, '-22/tcp open          a\ufeff', '+22/tcp open'));
});

test('the head of the table has the mark of the side that alone is there', () => {
  const open = { ports: [port('1/tcp')] };
  const marks = [compare({ ...open, state: null }, {}), compare(open, { state: null }), compare({ ...open, state: null }, { state: null })];
  assert.deepEqual(
    marks.map((one) => /(.)PORT/.exec(one)?.[1]),
    ['+', '-', '+'],
  );
});

test('a script is compared line by line, with the frame around its lines', () => {
  const scripts = (a: string, b: string, verbose = false): string =>
    compare({ scripts: [script('s', a)] }, { scripts: [script('s', b)] }, verbose);
  const BLOCK = [...HEAD, '', ' Host script results:'];
  assert.equal(scripts('a\nb', 'a\nc'), text(...BLOCK, ' |  s: a', '-|_ b', '+|_ c'));
  assert.equal(scripts('a\nb', 'a\nb\nc'), text(...BLOCK, ' |  s: a', '-|_ b', '+|  b', '+|_ c'), 'a new last line changes two');
  assert.equal(
    scripts('\na  ', 'b\u2028c\u0085d\r\ne'),
    text(...BLOCK, '-|  s: ', '-|_ a  ', '+|  s: b', '+|  c', '+|  d', '+|_ e'),
    'lines are not trimmed',
  );
});

test('scripts without output, or with the same lines, show nothing', () => {
  assert.equal(compare({ scripts: [script('s', '')] }, {}), text(...HEAD));
  assert.equal(compare({ scripts: [script('s', 'a\nb')] }, { scripts: [script('s', 'a\r\nb\n')] }), text(...HEAD));
  assert.equal(ports({ scripts: [script('s', 'a')] }, { scripts: [script('s', 'a\n')] }), text(...TABLE, ' 22/tcp open'));
  const same = { scripts: [script('s', 'a')] };
  assert.equal(compare(same, same, true), text(...HEAD, ' Host is up.', '', ' Host script results:', ' |_ s: a'));
});

test('operating systems that were replaced come before those that replace them', () => {
  assert.equal(
    compare({ os: ['a', 'b', 'c'] }, { os: ['x', 'y', 'c'] }),
    text(...HEAD, ' OS details:', '-  a', '-  b', '+  x', '+  y', '   c'),
  );
  assert.equal(compare({ os: [] }, { os: ['x'] }), text(...HEAD, '+OS details:', '+  x'));
  assert.equal(compare({ os: ['x'] }, { os: [] }), text(...HEAD, '-OS details:', '-  x'));
  assert.equal(compare({ os: ['x'] }, { os: ['x'] }, true), text(...HEAD, ' Host is up.', ' OS details:', '   x'));
});
