import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hostXml, prints, scanXml, survey, surveyed } from '../../../test/make/ndiff-survey.ts';

const port = (number: number, inside = '<state state="open"/>'): string => `<port protocol="tcp" portid="${number}">${inside}</port>\n`;
const ports = (...inside: string[]): string => `<ports>${inside.join('')}</ports>`;

const refusal = (text: string): string => {
  const { survey: found } = survey(text);
  assert.ok(!found.ok, `it was read: ${text}`);
  return found.fault.message;
};

test('of every host it is known where its bytes lie, however the document is cut', () => {
  const text = scanXml(hostXml(1, '<hostnames><hostname name="é"/></hostnames>'), '<!-- between -->', hostXml(2));
  for (const size of [1, 7, 64, 4096]) {
    const { hosts } = surveyed(text, size);
    const found = Array.from(hosts.offsets, (offset, row) =>
      Buffer.from(text)
        .subarray(offset, offset + (hosts.lengths[row] as number))
        .toString(),
    );
    assert.deepEqual(
      found.map((bytes) => [bytes.startsWith('<host><status'), bytes.endsWith('</host>'), bytes.match(/10\.0\.0\.\d/)?.[0]]),
      [
        [true, true, '10.0.0.1'],
        [true, true, '10.0.0.2'],
      ],
    );
  }
});

test('the header is kept: scanner, arguments, start and end, scripts before and after in their order', () => {
  const script = (id: string): string => `<script id="${id}" output="x"/>`;
  const { header } = surveyed(
    `<nmaprun scanner="nmap" args="nmap -A" version="7.93" start=" 1_000 "><prescript>${script('b')}${script('a')}</prescript>` +
      `<postscript>${script('c')}</postscript><runstats><finished time="7"/></runstats></nmaprun>`,
  );
  assert.deepEqual([header.scanner, header.args, header.version, header.start, header.end], ['nmap', 'nmap -A', '7.93', 1000, 7]);
  assert.deepEqual(
    [header.preScripts, header.postScripts].map((list) => list.map(({ id }) => id)),
    [['b', 'a'], ['c']],
  );
});

test('names, scripts of the scan and its end count each time, also where they stand in a port met before', () => {
  const inside =
    '<hostnames><hostname name="x"/></hostnames><prescript><script id="a" output="b"/></prescript><runstats><finished time="5"/></runstats>';
  const hosts = [1, 2, 3, 4].map((last) => hostXml(last, ports(port(80, `<state state="open"/>${inside}`))));
  const { header, hosts: found } = surveyed(scanXml(...hosts.slice(0, 3), '<runstats><finished time="9"/></runstats>', ...hosts.slice(3)));
  assert.deepEqual(
    found.ids.map((id) => id?.endsWith(' x')),
    [true, true, true, true],
  );
  assert.deepEqual([header.preScripts.length, header.end], [4, 5]);
});

describe('the fingerprint of a host', () => {
  const same = (a: string, b: string): boolean => new Set(prints(scanXml(a, b))).size === 1;

  test('is the same for hosts that Ndiff cannot tell apart', () => {
    assert.ok(same(hostXml(1, ports(port(22))), hostXml(1, ports(port(22)))));
    assert.ok(same(hostXml(1), hostXml(1, '<uptime seconds="9"/><times srtt="1"/><trace><hop ttl="1"/></trace>')));
    assert.ok(
      same(
        hostXml(1, ports(port(22, '<state state="open" reason="a"/>'))),
        hostXml(1, ports(port(22, '<state reason="b" state="open"/>'))),
      ),
    );
  });

  test('is another one for everything that Ndiff compares', () => {
    const base = ports(port(22, '<state state="open"/><service name="ssh" product="x"/><script id="a" output="1"/>'));
    const others = [
      ports(port(23, '<state state="open"/><service name="ssh" product="x"/><script id="a" output="1"/>')),
      ports(port(22, '<state state="closed"/><service name="ssh" product="x"/><script id="a" output="1"/>')),
      ports(port(22, '<state state="open"/><service name="sshx" product=""/><script id="a" output="1"/>')),
      ports(port(22, '<state state="open"/><service name="ssh" version="x"/><script id="a" output="1"/>')),
      ports(port(22, '<state state="open"/><service name="ssh" product="x"/><script id="a" output="2"/>')),
      `${ports(port(22, '<state state="open"/><service name="ssh" product="x"/>'))}<hostscript><script id="a" output="1"/></hostscript>`,
      `${base}<os><osmatch name="Linux"/></os>`,
      `${base}<hostnames><hostname name="a"/></hostnames>`,
      `${base}<address addr="10.0.0.2"/>`,
      `${base}<status state="down"/>`,
    ];
    for (const other of others) assert.ok(!same(hostXml(1, base), hostXml(1, other)), other);
    assert.equal(new Set(prints(scanXml(...others.map((inside) => hostXml(1, inside))))).size, others.length);
  });

  test('does not depend on whether a port was met before, nor on how the document is cut', () => {
    const line = (number: number): string => port(number, '<state state="open"/><service name="http"/>');
    const hosts = Array.from({ length: 40 }, (_, i) => hostXml(i, ports(line(80), line(443), line(i % 3), '\n', line(8080))));
    const text = scanXml(...hosts);
    const alone = hosts.map((host) => prints(scanXml(host))[0]);
    for (const size of [1, 31, 300, 1 << 20]) assert.deepEqual(prints(text, size), alone, `pieces of ${size}`);
  });

  test('a port that ends inside another element is never taken for a known line', () => {
    const strange =
      '<ports><port protocol="tcp" portid="1"><state state="open"/><x><ports><port protocol="tcp" portid="2"></port>\n</ports></x></port></ports>';
    assert.match(refusal(scanXml(hostXml(1, strange), hostXml(2, strange), hostXml(3, strange))), /<\/port> ends no port/);
  });

  test('of ports that hold anything is the same as if each were the first, and so is all else', () => {
    const piece = fc.constantFrom(
      '<state state="open"/>',
      '<state reason="é"/>',
      '<service name="a>b"/>',
      '<script id="a" output="b"/>',
      '<table><x>t</x></table>',
      '<hostnames><hostname name="x"/></hostnames>',
      '<os><osmatch name="L"/></os>',
      '<hostscript><script id="c" output="d"/></hostscript>',
      '<prescript><script id="e" output="f"/></prescript>',
      '<runstats><finished time="5"/></runstats>',
    );
    const line = fc.array(piece, { maxLength: 4 }).map((pieces) => port(80, pieces.join('')));
    const document = fc
      .array(line, { minLength: 1, maxLength: 3 })
      .map((lines) => scanXml(...[1, 2, 3, 4].map((last) => hostXml(last, ports(...lines)))));
    // Byte by byte no line is ever at hand whole.
    fc.assert(
      fc.property(document, (text) => assert.deepEqual(survey(text), survey(text, 1))),
      { numRuns: 200 },
    );
  });

  test('a known line inside another port is read anew, and dies as it would the first time', () => {
    const line = port(80);
    const known = [1, 2, 3].map((last) => hostXml(last, ports(line)));
    const nested = hostXml(4, `<ports><port protocol="tcp" portid="1"><ports>${line}</ports></port></ports>`);
    assert.match(refusal(scanXml(...known, nested)), /<\/port> ends no port/);
  });
});

describe('Ndiff complains and goes on', () => {
  const complaints: readonly (readonly [string, string])[] = [
    ['<status/>', 'status element of host 10.0.0.1 is missing the "state" attribute; assuming \\unknown\\.'],
    ['<address/>', 'address element of host 10.0.0.1 is missing the "addr" attribute; skipping.'],
    [
      '<hostnames><hostname name="b"/><hostname name="a"/><hostname/></hostnames>',
      'hostname element of host a, b (10.0.0.1) is missing the "name" attribute; skipping.',
    ],
    ['<ports><extraports count="3"/></ports>', 'extraports element of host 10.0.0.1 is missing the "state" attribute; assuming "unknown".'],
    ['<ports><extraports state="closed"/></ports>', 'extraports element of host 10.0.0.1 is missing the "count" attribute; assuming 0.'],
    [
      '<ports><extraports state="closed" count="x"/></ports>',
      'Can\'t convert extraports count "x" to an integer in host 10.0.0.1; assuming 0.',
    ],
    [
      '<ports><port protocol="tcp" portid="1"><state/></port></ports>',
      'state element of port 1/tcp is missing the "state" attribute; assuming "unknown".',
    ],
    ['<os><osmatch/></os>', 'osmatch element of host 10.0.0.1 is missing the "name" attribute; skipping.'],
    ['<script id="a" output="b"/>', 'script element not inside prescript, postscript, hostscript, or port element; ignoring.'],
    ['<hostscript><script output="b"/></hostscript>', 'script element missing the "id" attribute; skipping.'],
    ['<hostscript><script id="b"/></hostscript>', 'script element missing the "output" attribute; skipping.'],
  ];
  for (const [inside, complaint] of complaints)
    test(complaint, () => assert.deepEqual(survey(scanXml(hostXml(1, inside))).warnings, [complaint]));

  test('of the same port in every host, not only the first time', () => {
    const bad = ports('<port protocol="tcp" portid="1"><state/></port>\n');
    assert.equal(survey(scanXml(...[1, 2, 3, 4].map((last) => hostXml(last, bad)))).warnings.length, 4);
  });

  test('of what stands in a port and is not about it, each time it comes', () => {
    const odd = port(1, '<state state="open"/><ports><extraports state="closed" count="1"/></ports>');
    assert.equal(survey(scanXml(...[1, 2, 3, 4].map((last) => hostXml(last, ports(odd, odd, odd))))).warnings.length, 8);
  });

  test('of a state of ports given twice, also of one that is not given', () => {
    const twice = '<ports><extraports state="closed" count="1"/><extraports state="closed" count="2"/></ports>';
    assert.deepEqual(survey(scanXml(hostXml(1, twice))).warnings, ['Duplicate extraports state "closed" in host 10.0.0.1.']);
    assert.match(
      survey(scanXml(hostXml(1, '<ports><extraports count="1"/><extraports count="2"/></ports>'))).warnings[2] ?? '',
      /state "None"/,
    );
  });
});

describe('Ndiff dies', () => {
  const deaths: readonly (readonly [string, string, RegExp])[] = [
    ['a known element stands in the wrong place', scanXml(hostXml(1, '<port protocol="tcp" portid="1"/>')), /<port> is not inside <ports>/],
    ['the root is another element and hosts are inside', '<foo><host/></foo>', /<host> is not inside <nmaprun>/],
    ['a port has no number', scanXml(hostXml(1, '<ports><port protocol="tcp"/></ports>')), /ends no port/],
    [
      'a port has no protocol and a script',
      scanXml(hostXml(1, '<ports><port portid="1"><script id="a" output="b"/></port></ports>')),
      /<script> is inside no port/,
    ],
    ['an address is of no known type', scanXml(hostXml(1, '<address addr="x" addrtype="ipx"/>')), /addrtype="ipx" is not known/],
    ['the start is no number', '<nmaprun start="now"/>', /start="now" is not a time/],
    ['a script of a host is outside any', scanXml('<hostscript><script id="a" output="b"/></hostscript>'), /<script> is inside no host/],
    ['names stand outside a host', scanXml('<hostnames><hostname name="a"/></hostnames>'), /<hostname> is not inside a host/],
    ['a hint holds a host', scanXml('<hosthint><host></host></hosthint>'), /<\/host> ends no host/],
    ['the document is cut off', scanXml(hostXml(1)).slice(0, -12), /the document ends inside it/],
  ];
  for (const [why, text, message] of deaths) test(`when ${why}`, () => assert.match(refusal(text), message));

  test('but not of elements that are called like something every object has', () => {
    const inside = '<__proto__><constructor/></__proto__><toString/>';
    assert.equal(surveyed(scanXml(inside, hostXml(1, inside))).hosts.ids.length, 1);
  });

  test('but not of another root without known elements, nor of what hints hold', () => {
    assert.equal(surveyed('<foo/>').hosts.ids.length, 0);
    const hint = '<hosthint><status state="up"/><address addr="10.0.0.9"/><hostnames><hostname/></hostnames></hosthint>';
    const { survey: found, warnings } = survey(scanXml(hint, hostXml(1)));
    assert.deepEqual([found.ok && found.hosts.ids.length, warnings], [1, []]);
  });
});
