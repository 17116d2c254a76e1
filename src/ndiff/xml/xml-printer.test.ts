import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, type HostFields, header, host, type PortFields, port, script, utc } from '../../../test/make/ndiff.ts';
import { compareHosts } from '../compare-hosts.ts';
import { localTime } from '../local-time.ts';
import { EMPTY_HOST, type NdiffHeader } from '../scan.ts';
import { xmlPrinter } from './xml-printer.ts';

const [quiet, loud] = [xmlPrinter({ verbose: false, zone: utc }), xmlPrinter({ verbose: true, zone: utc })];
const TOP = '<?xml version="1.0" encoding="utf-8"?>\n<nmapdiff version="1"><scandiff>';
const opened = (a: Partial<NdiffHeader>, b: Partial<NdiffHeader>, printer = quiet): string => {
  const text = printer.open(header(a), header(b));
  assert.ok(text.startsWith(TOP), text);
  return text.slice(TOP.length);
};
const lines = (...texts: (string | readonly string[])[]): string =>
  texts
    .flat()
    .map((one) => `${one}\n`)
    .join('');

/** What stands inside the host of a pair, but for its address. */
function compare(a: HostFields, b: HostFields, verbose = false): string {
  const text = (verbose ? loud : quiet).host(compareHosts(host(a), host(b), verbose));
  const [open, close] = ['<hostdiff>\n<host>\n', '</host>\n</hostdiff>\n'];
  assert.ok(text.startsWith(open) && text.endsWith(close), text);
  return text.slice(open.length, -close.length).replace('<address addr="10.0.0.1" addrtype="ipv4"/>\n', '');
}
const ports = (a: PortFields, b: PortFields, verbose = false): string =>
  compare({ ports: [port('22/tcp', a)] }, { ports: [port('22/tcp', b)] }, verbose)
    .replace(/^<status.*\n/, '')
    .replace(/^<ports>\n|<\/ports>\n$/g, '');

test('a comparison begins with its roots on one line and ends without a line end', () => {
  assert.equal(quiet.open(header(), header()), TOP);
  assert.equal(quiet.close(header(), header()), '</scandiff></nmapdiff>');
});

test('scans that differ are told side by side, without line ends between the sides', () => {
  const full = { scanner: 'nmap', args: 'nmap x', start: 1_700_000_000, version: '7.93' };
  const run = '<nmaprun scanner="nmap" args="nmap x" start="1700000000" startstr="Tue Nov 14 22:13:20 2023" version="7.93"/>\n';
  assert.equal(opened(full, {}), `<a>${run}</a><b><nmaprun/>\n</b>`);
  assert.equal(opened(full, full), '');
  assert.equal(opened(full, full, loud), run);
  assert.equal(opened({ version: '' }, {}), '<a><nmaprun version=""/>\n</a><b><nmaprun/>\n</b>');
});

test('the end of a scan makes a difference that is not shown', () => {
  assert.equal(opened({ end: 1 }, { end: 2 }), '<a><nmaprun/>\n</a><b><nmaprun/>\n</b>');
});

test('starts that the clock shows alike are equal, and one of them is written', () => {
  const back = 1_698_541_200;
  const zone = localTime((epoch) => (epoch < back ? 7200 : 3600));
  const [first, second] = [header({ start: back - 1800 }), header({ start: back + 1800 })];
  assert.equal(xmlPrinter({ verbose: false, zone }).open(first, second), TOP);
  assert.match(xmlPrinter({ verbose: true, zone }).open(first, second), /start="1698543000" startstr="Sun Oct 29 02:30:00 2023"/);
});

test('the element around the scripts of a scan is missing when both scans have some', () => {
  const [one, two] = [{ preScripts: [script('p', '1'), script('q', '1')] }, { preScripts: [script('p', '2'), script('q', '1')] }];
  const sides = lines('<a>', '<script id="p" output="1"/>', '</a>', '<b>', '<script id="p" output="2"/>', '</b>');
  assert.equal(opened(one, two), sides);
  assert.equal(opened(one, two, loud), `<nmaprun/>\n${sides}${lines('<script id="q" output="1"/>')}`);
});

test('the scripts that only one scan has are told whole, but not whose they are', () => {
  const some = { preScripts: [script('p', '1')], postScripts: [script('q', '2')] };
  const whole = lines('<prescript>', '<script id="p" output="1"/>', '</prescript>');
  assert.equal(opened(some, {}), whole);
  assert.equal(opened({}, some), whole);
  assert.equal(opened(some, some), '');
  assert.equal(
    quiet.close(header(some), header()),
    `${lines('<postscript>', '<script id="q" output="2"/>', '</postscript>')}</scandiff></nmapdiff>`,
  );
});

test('four signs are escaped; line ends, tabs and apostrophes stay', () => {
  assert.equal(
    compare({}, { scripts: [script('<&>"', "'\n\t\r\u{1f600}]]>")] }),
    lines('<b>', '<hostscript>', '<script id="&lt;&amp;&gt;&quot;" output="\'\n\t\r\u{1f600}]]&gt;"/>', '</hostscript>', '</b>'),
  );
});

test('a host that is gone or new is told whole, in the order of its document', () => {
  const there = host({
    at: ['02:00:5e:00:00:01', '10.0.0.1'],
    names: ['b', 'a'],
    extraports: [
      ['filtered', 1],
      [null, 9],
    ],
    ports: [
      port('80/tcp', { state: 'closed' }),
      port('22/tcp', { service: { tunnel: 'ssl', name: 'ssh' } }),
      port('9/udp', { state: 'filtered' }),
    ],
    os: ['Linux', 'Linux'],
    scripts: [script('h', 'x')],
  });
  const whole = [
    ['<host>', '<status state="up"/>', '<address addr="02:00:5e:00:00:01" addrtype="mac"/>', '<address addr="10.0.0.1" addrtype="ipv4"/>'],
    ['<hostnames>', '<hostname name="b"/>', '<hostname name="a"/>', '</hostnames>', '<ports>'],
    ['<extraports state="filtered" count="1"/>', '<extraports state="" count="9"/>', '<port portid="22" protocol="tcp">'],
    [
      '<state state="open"/>',
      '<service name="ssh" tunnel="ssl"/>',
      '</port>',
      '<port portid="80" protocol="tcp">',
      '<state state="closed"/>',
    ],
    ['</port>', '</ports>', '<os>', '<osmatch name="Linux"/>', '<osmatch name="Linux"/>', '</os>', '<hostscript>'],
    ['<script id="h" output="x"/>', '</hostscript>', '</host>'],
  ].flat();
  assert.equal(quiet.host(compareHosts(there, EMPTY_HOST, false)), lines('<hostdiff>', '<a>', ...whole, '</a>', '</hostdiff>'));
  assert.equal(quiet.host(compareHosts(EMPTY_HOST, there, false)), lines('<hostdiff>', '<b>', ...whole, '</b>', '</hostdiff>'));
});

test('a pair of which neither has a state is told as nothing', () => {
  assert.equal(loud.host(compareHosts(EMPTY_HOST, EMPTY_HOST, true)), '<hostdiff/>\n');
});

test('the state is told on both sides when it differs, once when verbose', () => {
  assert.equal(compare({}, { state: 'down' }), lines('<a>', '<status state="up"/>', '</a>', '<b>', '<status state="down"/>', '</b>'));
  assert.equal(compare({}, {}, true), lines('<status state="up"/>'));
  assert.equal(compare({}, {}), '');
});

test('of addresses and names those of both come first, then those of one side, each in order', () => {
  const told = compare(
    { at: ['10.0.0.9', '10.0.0.1', address('1', 'mac')], names: ['c', 'a'] },
    { at: ['10.0.0.9', address('1', 'ipv6'), '10.0.0.1'], names: ['a', 'b'] },
  );
  assert.equal(
    told,
    lines(
      [
        '<address addr="10.0.0.9" addrtype="ipv4"/>',
        '<a>',
        '<address addr="1" addrtype="mac"/>',
        '</a>',
        '<b>',
        '<address addr="1" addrtype="ipv6"/>',
        '</b>',
      ],
      ['<hostnames>', '<hostname name="a"/>', '<a>', '<hostname name="c"/>', '</a>', '<b>', '<hostname name="b"/>', '</b>', '</hostnames>'],
    ),
  );
});

test('ports that are not shown are told even when equal, in whatever order', () => {
  const told: HostFields['extraports'] = [
    ['closed', 9],
    ['filtered', 1],
  ];
  const whole = lines('<extraports state="closed" count="9"/>', '<extraports state="filtered" count="1"/>');
  assert.equal(compare({ extraports: told }, { extraports: told.toReversed() }), `<ports>\n${whole}</ports>\n`);
  assert.equal(compare({ extraports: told }, {}), `<ports>\n<a>\n${whole}</a>\n<b/>\n</ports>\n`);
  assert.equal(
    compare({ extraports: [['', 1]] }, { extraports: [[null, 1]] }),
    lines('<ports>', ...['a', 'b'].flatMap((side) => [`<${side}>`, '<extraports state="" count="1"/>', `</${side}>`]), '</ports>'),
  );
});

test('a port whose state differs is told whole on both sides', () => {
  assert.equal(
    compare({ ports: [port('22/tcp', { service: { name: 'ssh' }, scripts: [script('s', '1')] })] }, {}),
    lines(
      [
        '<ports>',
        '<portdiff>',
        '<a>',
        '<port portid="22" protocol="tcp">',
        '<state state="open"/>',
        '<service name="ssh"/>',
        '<script id="s" output="1"/>',
      ],
      ['</port>', '</a>', '<b>', '<port portid="22" protocol="tcp"/>', '</b>', '</portdiff>', '</ports>'],
    ),
  );
});

test('a port whose state is the same is told once, with what differs inside', () => {
  const [one, two] = [{ name: 'a', product: 'p', version: 'v', extrainfo: 'e', tunnel: 't' }, {}];
  const inside = (...texts: (string | readonly string[])[]): string =>
    lines('<portdiff>', '<port portid="22" protocol="tcp">', '<state state="open"/>', ...texts, '</port>', '</portdiff>');
  assert.equal(
    ports({ service: one }, { service: two }),
    inside('<a>', '<service name="a" product="p" version="v" extrainfo="e" tunnel="t"/>', '</a>', '<b/>'),
  );
  const scripts = [script('s', '1'), script('t', '1')];
  assert.equal(
    ports({ service: one, scripts }, { service: { ...one, tunnel: null }, scripts: [script('s', '2'), script('u', '1')] }),
    inside(
      [
        '<service name="a" product="p" version="v" extrainfo="e" tunnel="t"/>',
        '<a>',
        '<script id="s" output="1"/>',
        '</a>',
        '<b>',
        '<script id="s" output="2"/>',
        '</b>',
      ],
      ['<a>', '<script id="t" output="1"/>', '</a>', '<b>', '<script id="u" output="1"/>', '</b>'],
    ),
  );
});

test('a port that is the same is told plainly when verbose; with scripts it counts as different', () => {
  assert.equal(
    ports({ service: { tunnel: 'ssl' } }, {}, true),
    lines('<port portid="22" protocol="tcp">', '<state state="open"/>', '<service tunnel="ssl"/>', '</port>'),
  );
  const same = { scripts: [script('s', '1')] };
  assert.match(ports(same, same, true), /^<portdiff>\n<port .*\n<state .*\n<script id="s" output="1"\/>\n<\/port>\n<\/portdiff>\n$/);
  assert.equal(ports({}, {}), '');
});

test('operating systems are told in their order, changes side by side', () => {
  const side = (name: string, ...systems: string[]): string[] => [
    `<${name}>`,
    ...systems.map((one) => `<osmatch name="${one}"/>`),
    `</${name}>`,
  ];
  assert.equal(
    compare({ os: ['a', 'b', 'c'] }, { os: ['x', 'c', 'd'] }),
    lines('<os>', ...side('a', 'a', 'b'), ...side('b', 'x'), '<osmatch name="c"/>', ...side('b', 'd'), '</os>'),
  );
  assert.equal(compare({ os: ['a'] }, { os: ['a'] }), '');
  assert.equal(compare({ os: ['a'] }, { os: ['a'] }, true), lines('<status state="up"/>', '<os>', '<osmatch name="a"/>', '</os>'));
});

test('scripts of a host that only one side has are told whole on that side, others one by one', () => {
  const told = (side: string): string => lines(`<${side}>`, '<hostscript>', '<script id="h" output="1"/>', '</hostscript>', `</${side}>`);
  const some = { scripts: [script('h', '1')] };
  assert.equal(compare(some, {}), told('a'));
  assert.equal(compare({}, some), told('b'));
  assert.equal(compare(some, some, true), lines('<status state="up"/>', '<hostscript>', '<script id="h" output="1"/>', '</hostscript>'));
  assert.equal(
    compare({ scripts: [script('h', '1'), script('i', '1')] }, { scripts: [script('h', '1'), script('j', '1')] }),
    lines('<hostscript>', '<a>', '<script id="i" output="1"/>', '</a>', '<b>', '<script id="j" output="1"/>', '</b>', '</hostscript>'),
  );
});
